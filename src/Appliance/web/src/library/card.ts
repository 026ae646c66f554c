import { stillOf, type Source } from "../api";
import { h } from "../dom";
import { clock, sizeName } from "../format";
import { watchLink } from "../router";
import { rememberedPosition } from "../storage";
import { strings } from "../strings";

/** One source in the grid: a link where it can be played, a plain box that says why where it cannot. */
export function card(source: Source): HTMLElement {
  switch (source.state) {
    case "ready":
      return readyCard(source);
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
        { class: "card card--refused", tabindex: "0", "data-key": source.id, "data-focusable": true },
        h("div", { class: "card__picture card__picture--refused" }, h("span", {}, strings.library.refused)),
        captions(source.title, source.reason ?? strings.library.noReason),
      );
  }
}

/** Resolution and the like, as one quiet line. */
export function describe(source: Source): string {
  const size = source.hasVideo && source.width && source.height ? sizeName(source.width, source.height) : strings.library.soundOnly;
  return [size, source.durationSeconds === null ? "" : clock(source.durationSeconds)].filter(Boolean).join("  ·  ");
}

function readyCard(source: Source): HTMLElement {
  const picture = h("div", { class: "card__picture" });
  if (source.still) {
    const still = h("img", { class: "card__still", alt: "", loading: "lazy", decoding: "async", src: stillOf(source.id, 640) });
    still.addEventListener("load", () => still.classList.add("is-shown"));
    still.addEventListener("error", () => still.remove());
    picture.append(still);
  }
  const at = rememberedPosition(source.id);
  if (at !== null && source.durationSeconds) {
    const watched = h("div", { class: "card__watched" }, h("div", { class: "card__watched-bar" }));
    (watched.firstElementChild as HTMLElement).style.width = `${(100 * at) / source.durationSeconds}%`;
    picture.append(watched);
  }
  return h(
    "a",
    {
      class: "card",
      href: watchLink(source.id),
      "data-key": source.id,
      "data-focusable": true,
      "aria-label": `${strings.library.watch(source.title)}, ${describe(source)}`,
    },
    picture,
    captions(source.title, describe(source)),
  );
}

function captions(title: string, line: string): HTMLElement {
  return h("div", { class: "card__captions" }, h("div", { class: "card__title" }, title), h("div", { class: "card__line" }, line));
}
