import { h } from "../dom";

/** Names and what they stand for, side by side. */
export function facts(...known: readonly HTMLElement[]): HTMLElement {
  return h("dl", { class: "owner__sums" }, ...known);
}

export function fact(name: string, value: string): HTMLElement {
  return h("div", { class: "owner__sum owner__fact" }, h("dt", {}, name), h("dd", {}, value));
}

/** A table with a head. On a narrow screen each row becomes a card, whose cells say what they are. */
export function table(columns: readonly string[], rows: readonly (readonly (string | HTMLElement)[])[]): HTMLElement {
  const cell = (content: string | HTMLElement, index: number): HTMLElement => h("td", { "data-name": columns[index + 1] ?? "", role: "cell" }, content);
  return h(
    "table",
    { class: "table table--cards", role: "table" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns.map(columnHead))),
    h("tbody", { role: "rowgroup" }, ...rows.map(([first, ...rest]) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, first ?? ""), ...rest.map(cell)))),
  );
}

/** A column without a name is one of buttons, which have their own. */
export function columnHead(name: string): HTMLElement {
  return name === "" ? h("td", { role: "cell" }) : h("th", { scope: "col", role: "columnheader" }, name);
}

/** How full something is.
 * @param label of what, for who does not see it. */
export function meter(label: string, value: number, most: number): HTMLElement {
  return h("progress", { class: "rows__bar", max: Math.max(1, most), value: Math.min(value, Math.max(1, most)), "aria-label": label });
}
