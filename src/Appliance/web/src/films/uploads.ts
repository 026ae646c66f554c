import { h } from "../dom";
import { bytes } from "../language";
import { strings } from "../strings";
import type { Upload } from "./api";
import type { Sending } from "./sending";

/** A film that this page sends. */
export function sendingRow(one: Sending, remove: HTMLElement): HTMLElement {
  const { name } = one.file;
  const bar = h("progress", { class: "rows__bar", max: one.file.size, value: one.offset, "aria-label": strings.films.progress(name) });
  const isGoing = one.state === "sending" || one.state === "waiting";
  const words = isGoing ? strings.films.pause : strings.films.resume;
  const label = isGoing ? strings.films.pauseIt(name) : strings.films.resumeIt(name);
  const turn = h("button", { class: "table__action", type: "button", "aria-label": label, onclick: () => (isGoing ? one.pause() : one.resume()) }, words);
  return h(
    "li",
    { class: "rows__row", "data-state": one.state },
    h("div", { class: "rows__words" }, h("span", { class: "rows__name" }, name), h("span", { class: "rows__note" }), one.why === null ? null : h("span", { class: "rows__trouble", role: "alert" }, one.why), one.state === "whole" ? null : bar),
    ...(one.state === "whole" ? [] : [turn]),
    ...(one.id === null ? [] : [remove]),
  );
}

/** Puts into a film's row how far it is. */
export function showProgress(row: Element | undefined, one: Sending): void {
  const bar = row?.querySelector("progress");
  if (bar) bar.value = one.offset;
  const [sent, of] = [bytes(one.offset), bytes(one.file.size)];
  const words = {
    waiting: strings.films.waiting,
    sending: strings.films.sent(one.offset / one.file.size, sent, of),
    paused: strings.films.paused(sent, of),
    failed: strings.films.paused(sent, of),
    whole: `${strings.films.whole}, ${of}`,
  }[one.state];
  const note = row?.querySelector(".rows__note");
  if (note && note.textContent !== words) note.textContent = words;
}

/** One that the box has, of another time or another browser. */
export function uploadRow(upload: Upload, remove: HTMLElement): HTMLElement {
  const isWhole = upload.offset >= upload.length;
  const line = isWhole ? `${strings.films.whole}, ${bytes(upload.length)}` : strings.films.unfinished(bytes(upload.offset), bytes(upload.length));
  return h(
    "li",
    { class: "rows__row", "data-state": isWhole ? "whole" : "open" },
    h(
      "div",
      { class: "rows__words" },
      h("span", { class: "rows__name" }, upload.title),
      h("span", { class: "rows__note" }, line),
      isWhole ? null : h("progress", { class: "rows__bar", max: upload.length, value: upload.offset, "aria-label": strings.films.progress(upload.title) }),
    ),
    remove,
  );
}
