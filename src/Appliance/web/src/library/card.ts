import { inWords, stillOf, type Source } from "../api";
import { h } from "../dom";
import { clock, sizeName } from "../format";
import { icon } from "../icons";
import { watchLink } from "../router";
import { strings } from "../strings";

/** One source in the grid: a link where it can be played, a plain box that says why where it cannot.
 * @param at where watching stopped, in seconds. */
export function card(source: Source, at: number | null): HTMLElement {
  switch (source.state) {
    case "ready":
      return readyCard(source, at, describe(source), source.id);
    case "probing":
      return h(
        "div",
        { class: "card card--probing", role: "status" },
        h("div", { class: "card__picture shimmer" }),
        captions(source.title, strings.library.probing),
      );
    case "refused":
      return h(
        "div",
        // The box's own sentence knows more, and is English.
        { class: "card card--refused", role: "group", tabindex: "0", "aria-label": source.title, title: source.reason ?? "", "data-key": source.id, "data-focusable": true },
        h("div", { class: "card__picture card__picture--refused" }, h("span", {}, strings.library.refused)),
        captions(source.title, inWords({ code: source.reasonCode, detail: source.reason }) ?? source.reason ?? strings.library.noReason),
      );
  }
}

/** Resolution and the like, as one quiet line. */
export function describe(source: Source): string {
  const size = source.hasVideo && source.width && source.height ? sizeName(source.width, source.height) : strings.library.soundOnly;
  return [size, source.durationSeconds === null ? "" : clock(source.durationSeconds)].filter(Boolean).join("  ·  ");
}

/** One to go on with, and a button that takes it from the row. */
export function continueCard(source: Source, at: number, leave: () => Promise<void>): HTMLElement {
  const rest = source.durationSeconds === null ? "" : strings.library.left(Math.max(1, Math.round((source.durationSeconds - at) / 60)));
  const name = strings.library.leave(source.title);
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "round card__leave dark",
      type: "button",
      "aria-label": name,
      title: name,
      onclick: () => {
        button.disabled = true;
        void leave().catch(() => (button.disabled = false));
      },
    },
    icon("close"),
  );
  return h("div", { class: "card__place" }, readyCard(source, at, rest, `begun-${source.id}`), button);
}

/** One that came lately. */
export function newCard(source: Source, at: number | null): HTMLElement {
  return readyCard(source, at, describe(source), `new-${source.id}`);
}

function readyCard(source: Source, at: number | null, line: string, key: string): HTMLElement {
  const picture = h("div", { class: "card__picture" });
  if (source.still) {
    const still = h("img", { class: "card__still", alt: "", loading: "lazy", decoding: "async", src: stillOf(source.id, 640) });
    still.addEventListener("load", () => still.classList.add("is-shown"));
    still.addEventListener("error", () => still.remove());
    picture.append(still);
  } else {
    picture.append(h("span", { class: "card__letter", "aria-hidden": "true" }, source.title.trim().slice(0, 1).toUpperCase()));
  }
  if (at !== null && source.durationSeconds) {
    const watched = h("div", { class: "card__watched" }, h("div", { class: "card__watched-bar" }));
    (watched.firstElementChild as HTMLElement).style.width = `${Math.min(100, (100 * at) / source.durationSeconds)}%`;
    picture.append(watched);
  }
  return h(
    "a",
    {
      class: "card",
      href: watchLink(source.id),
      "data-key": key,
      "data-focusable": true,
    },
    picture,
    captions(source.title, line),
  );
}

function captions(title: string, line: string): HTMLElement {
  return h("div", { class: "card__captions" }, h("div", { class: "card__title", title }, title), h("div", { class: "card__line" }, line));
}
