import { h } from "../dom";
import { icon } from "../icons";
import { OWNERS_SCREENS } from "../router";
import { strings } from "../strings";
import { appearance } from "./appearance";

/** The bar at the top of every screen but the player's.
 * @param search what stands in its middle; null where nothing is looked for.
 * @param signal ends with the screen. */
export function bar(search: HTMLElement | null, signal: AbortSignal): HTMLElement {
  return h(
    "header",
    { class: "bar" },
    h("a", { class: "bar__home", href: "#/", "data-focusable": true }, h("span", { class: "bar__mark", "aria-hidden": "true" }), h("span", { class: "bar__name" }, strings.product)),
    search ?? h("div", { class: "bar__gap" }),
    h("a", { class: "round bar__add", href: "#/films", "aria-label": strings.films.title, title: strings.films.title, "data-focusable": true }, icon("add")),
    boxMenu(signal),
  );
}

/** The links to the owner's screens, the one that is shown marked. */
export function ownersLinks(shown: string | null): HTMLElement[] {
  return OWNERS_SCREENS.map((screen) => h("a", { class: "tab", href: `#/${screen}`, "aria-current": screen === shown ? "page" : null }, strings[screen].title));
}

/** The button that shows where all else is, and how the page looks. */
function boxMenu(signal: AbortSignal): HTMLElement {
  const panel = h("div", { class: "boxmenu__panel", id: "boxmenu", hidden: true }, h("nav", { class: "boxmenu__links", "aria-label": strings.shell.box }, ...ownersLinks(null)), ...appearance());
  const opener = h(
    "button",
    { class: "round", type: "button", "aria-label": strings.shell.box, title: strings.shell.box, "aria-expanded": "false", "aria-controls": "boxmenu", "data-focusable": true, onclick: () => show(panel.hidden !== false) },
    icon("menu"),
  );
  const show = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) panel.querySelector<HTMLElement>("a")?.focus();
  };
  const menu = h("div", { class: "boxmenu" }, opener, panel);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      show(false);
      opener.focus();
      event.preventDefault();
      event.stopPropagation();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target as Node)) show(false);
  }, { signal });
  return menu;
}
