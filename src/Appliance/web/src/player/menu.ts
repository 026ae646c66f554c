import { h } from "../dom";

export function heading(words: string): HTMLElement {
  return h("div", { class: "menu__heading", role: "presentation" }, words);
}

/** One of a menu's choices. `note` stands beside its name, quieter. */
export function item(name: string, note: string, checked: boolean, onPick: () => void): HTMLElement {
  return h(
    "button",
    { class: "menu__item", type: "button", role: "menuitemradio", "aria-checked": String(checked), onclick: onPick },
    h("span", { class: "menu__name" }, name),
    note === "" ? null : h("span", { class: "menu__note" }, note),
  );
}
