import { h } from "../dom";
import { icon, type IconName } from "../icons";

/** A round button that shows an icon and says `label` to whoever cannot see it. */
export function button(name: IconName, label: string, onPress: () => void): HTMLButtonElement {
  return h("button", { class: "round", type: "button", "aria-label": label, title: label, onclick: onPress }, icon(name));
}

/** Gives a button another icon and another name. */
export function relabel(target: HTMLButtonElement, name: IconName, label: string): void {
  target.replaceChildren(icon(name));
  target.setAttribute("aria-label", label);
  target.title = label;
}
