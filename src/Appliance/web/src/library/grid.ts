import type { Source } from "../api";
import { h } from "../dom";
import { locale } from "../language";
import type { Order } from "../storage";
import { card } from "./card";
import { fold, matcher } from "./fold";

interface Shown {
  readonly text: string;
  readonly item: HTMLElement;
  readonly folded: string;
}

/** All films. Of thousands only those that changed are drawn anew, and those only that are on the screen are laid out (content-visibility). */
export class Grid {
  readonly element = h("ul", { class: "shelf__grid" });
  private readonly shown = new Map<string, Shown>();
  private ids = "";

  /** Puts these there, in this order. */
  show(sources: readonly Source[], placeOf: (id: string) => number | null): void {
    const gone = new Set(this.shown.keys());
    for (const source of sources) {
      const place = placeOf(source.id);
      const text = JSON.stringify([source, place]);
      gone.delete(source.id);
      if (this.shown.get(source.id)?.text === text) continue;
      this.shown.get(source.id)?.item.remove();
      this.shown.set(source.id, { text, item: h("li", { class: "shelf__item" }, card(source, place)), folded: fold(source.title) });
      this.ids = "";
    }
    for (const id of gone) {
      this.shown.get(id)?.item.remove();
      this.shown.delete(id);
    }
    const ids = sources.map((source) => source.id).join();
    if (ids !== this.ids) this.element.replaceChildren(...sources.map((source) => this.shown.get(source.id)?.item ?? ""));
    this.ids = ids;
  }

  /** Shows those only that are looked for; all where nothing is. @returns how many. */
  filter(query: string): number {
    const matches = matcher(query);
    let count = 0;
    for (const { item, folded } of this.shown.values()) {
      const fits = matches(folded);
      if (item.hidden === fits) item.hidden = !fits;
      if (fits) count++;
    }
    return count;
  }
}

/** By title as the reader's language sorts, numbers by their value; or by when their files came. */
export function sorted(sources: readonly Source[], order: Order): readonly Source[] {
  const byTitle = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return [...sources].sort((a, b) => (order === "newest" ? (b.writtenAt ?? "").localeCompare(a.writtenAt ?? "") : 0) || byTitle.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}
