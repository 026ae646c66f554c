import type { Source } from "../api";
import { h } from "../dom";
import { rememberedOrder, rememberOrder, type Order } from "../storage";
import { strings } from "../strings";
import { forgetPlace, placeOf, places } from "../watching/watching";
import { continueCard, newCard } from "./card";
import { chooseFeatured } from "./featured";
import { Grid, sorted } from "./grid";
import { hero } from "./hero";
import { shelf } from "./shelf";

/** As many as a row is worth scrolling through. */
const ROW = 20;

/** From so many films on, what came last is worth a row of its own. */
const NEW_FROM = 9;

/** What is shown of a library that has films: the one most likely wanted, those begun, those that came last, and all. */
export class LibraryView {
  readonly element = h("div", { class: "library__films" });
  private readonly grid = new Grid();
  private readonly top = h("div", { class: "library__top" });
  private readonly heading = h("h2", { class: "shelf__title" });
  private readonly count = h("p", { class: "unseen", role: "status" });
  private readonly none = h("div", { class: "nothing", hidden: true });
  private readonly order = h("select", { class: "order__choice", "aria-label": strings.library.order, "data-focusable": true });
  private readonly all: HTMLElement;
  private sources: readonly Source[] = [];
  private drawnTop = "";

  constructor(private query: string) {
    const now = rememberedOrder();
    for (const order of ["title", "newest"] as const) this.order.append(h("option", { value: order, selected: order === now }, strings.library.orders[order]));
    this.order.addEventListener("change", () => {
      rememberOrder(this.order.value as Order);
      this.show(this.sources);
    });
    this.all = h("section", { class: "shelf", "aria-label": strings.library.title }, h("div", { class: "shelf__head" }, this.heading, this.order), this.count, this.none, this.grid.element);
    this.element.append(this.top, this.all);
  }

  show(sources: readonly Source[]): void {
    this.sources = sources;
    this.grid.show(sorted(sources, this.order.value as Order), placeOf);
    this.showTop();
    this.search(this.query);
  }

  /** Shows the films that have these words; all and the rest of the screen where there are none. */
  search(query: string): void {
    this.query = query;
    const looking = query.trim() !== "";
    const found = this.grid.filter(query);
    const only = this.sources.length === 1 && this.sources[0]?.state === "ready";
    this.top.hidden = looking;
    this.all.hidden = only && !looking;
    this.heading.textContent = looking ? strings.library.found(found) : strings.library.title;
    this.count.textContent = looking ? strings.library.found(found) : "";
    this.order.hidden = this.sources.length < 2 || found === 0;
    this.heading.hidden = found === 0;
    this.none.hidden = found > 0;
    if (found === 0) this.none.replaceChildren(h("p", { class: "nothing__title" }, strings.library.nothingFound(query.trim())), h("p", { class: "nothing__text" }, strings.library.nothingFoundText));
  }

  private showTop(): void {
    const ready = new Map(this.sources.filter((source) => source.state === "ready").map((source) => [source.id, source]));
    const begun = places().flatMap((place) => {
      const source = ready.get(place.id);
      return source ? [{ source, seconds: place.seconds }] : [];
    });
    const text = JSON.stringify([[...ready.values()], begun]);
    if (text === this.drawnTop) return;
    this.drawnTop = text;
    const featured = chooseFeatured(this.sources, begun[0]?.source.id ?? null);
    const fresh = ready.size >= NEW_FROM ? sorted([...ready.values()], "newest").slice(0, ROW) : [];
    // The one shown large is not shown again beside it.
    const others = begun.filter(({ source }) => source !== featured).slice(0, ROW);
    const leave = (id: string) => async (): Promise<void> => {
      await forgetPlace(id);
      this.show(this.sources);
    };
    this.top.replaceChildren(
      ...(featured ? [hero(featured)] : []),
      ...(others.length === 0 ? [] : [shelf(strings.library.begun, others.map(({ source, seconds }) => continueCard(source, seconds, leave(source.id))))]),
      ...(fresh.length === 0 ? [] : [shelf(strings.library.fresh, fresh.map((source) => newCard(source, placeOf(source.id))))]),
    );
  }
}
