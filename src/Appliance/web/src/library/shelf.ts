import { h } from "../dom";

/** A row of films that goes on to the right. */
export function shelf(title: string, cards: readonly HTMLElement[]): HTMLElement {
  return h(
    "section",
    { class: "shelf", "aria-label": title },
    h("h2", { class: "shelf__title" }, title),
    h("ul", { class: "shelf__row" }, ...cards.map((one) => h("li", { class: "shelf__item" }, one))),
  );
}
