import { h } from "../dom";
import { strings } from "../strings";
import { sendFilms } from "./sending";

/** What browsers offer first where films are chosen. */
const FILMS = "video/*,audio/*,.mkv,.mka,.ts,.m2ts,.mts,.avi,.vob,.webm,.flac";

/** Where films are dropped, or chosen. */
export function dropZone(): HTMLElement {
  const fault = h("p", { class: "entry__fault", role: "alert" });
  const take = (files: readonly File[]): void => {
    if (files.length > 0) fault.textContent = sendFilms(files) ?? "";
  };
  const input = h("input", { class: "drop__input", type: "file", multiple: true, accept: FILMS, tabindex: -1, "aria-hidden": "true" });
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = "";
  });
  const zone = h(
    "div",
    { class: "drop" },
    h("p", { class: "drop__words" }, strings.films.drop),
    h("button", { class: "button button--main", type: "button", onclick: () => input.click() }, strings.films.choose),
    input,
    h("p", { class: "owner__note" }, strings.films.dropText),
    fault,
  );
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    // A folder that is dropped is no file: the browser gives it without content, and the box would refuse it.
    take([...(event.dataTransfer?.files ?? [])].filter((file) => file.size > 0 || file.type !== ""));
  });
  return zone;
}
