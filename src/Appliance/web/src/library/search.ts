import { h, isTyping } from "../dom";
import { icon } from "../icons";
import { strings } from "../strings";

/** The field in which films are looked for. `/` leads to it, Escape empties it.
 * @param query what stands in it at first.
 * @param changed is called with what is looked for now. */
export function searchBox(query: string, changed: (query: string) => void, signal: AbortSignal): HTMLElement {
  const input = h("input", {
    class: "search__field",
    type: "search",
    value: query,
    "aria-label": strings.library.search,
    placeholder: strings.library.search,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    "data-focusable": true,
    "data-key": "search",
  });
  input.addEventListener("input", () => changed(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    changed("");
    input.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  }, { signal });
  return h("search", { class: "search", role: "search" }, icon("search"), input, h("kbd", { class: "search__key", "aria-hidden": "true" }, "/"));
}
