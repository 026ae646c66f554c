import { stillOf, type Source } from "../api";
import { h } from "../dom";
import { clock, framesPerSecond } from "../format";
import { icon } from "../icons";
import { watchLink } from "../router";
import { strings } from "../strings";
import { placeOf } from "../watching/watching";
import { describe } from "./card";

/** The big picture at the top: the one source most likely wanted. */
export function hero(source: Source): HTMLElement {
  const at = placeOf(source.id);
  const section = h("section", { class: "hero dark", "aria-label": source.title });
  if (source.still) {
    const still = h("img", { class: "hero__still", alt: "", decoding: "async", src: stillOf(source.id, 1280, at ?? undefined) });
    still.addEventListener("load", () => still.classList.add("is-shown"));
    still.addEventListener("error", () => still.remove());
    section.append(still);
  }
  const rate = source.hasVideo && source.frameRate ? framesPerSecond(source.frameRate) : "";
  section.append(
    h("div", { class: "hero__shade" }),
    h(
      "div",
      { class: "hero__text" },
      h("h2", { class: "hero__title" }, source.title),
      h("p", { class: "hero__line" }, rate ? `${describe(source)}  ·  ${rate} fps` : describe(source)),
      h(
        "div",
        { class: "hero__actions" },
        action(source, at === null ? strings.library.play : strings.library.resume(clock(at)), true),
        at === null ? null : action(source, strings.library.startOver, false),
      ),
    ),
  );
  return section;
}

function action(source: Source, words: string, main: boolean): HTMLElement {
  return h(
    "a",
    {
      class: main ? "button button--main" : "button",
      href: watchLink(source.id, main ? undefined : 0),
      "data-key": `hero-${main ? "play" : "again"}`,
      "data-focusable": true,
    },
    main ? icon("play") : null,
    h("span", {}, words),
  );
}
