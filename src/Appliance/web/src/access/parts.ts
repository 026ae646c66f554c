import { h } from "../dom";
import { strings } from "../strings";

/** A table with a head. */
export function table(columns: readonly string[], rows: readonly (readonly (string | HTMLElement)[])[]): HTMLElement {
  return h(
    "table",
    { class: "table" },
    h("thead", {}, h("tr", {}, ...columns.map(columnHead))),
    h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first ?? ""), ...rest.map((cell) => h("td", { class: "access__what" }, cell))))),
  );
}

/** A column without a name is one of buttons, which have their own. */
export function columnHead(name: string): HTMLElement {
  return name === "" ? h("td") : h("th", { scope: "col" }, name);
}

/** A small button that says where it failed.
 * @param words on it.
 * @param label what it does to what, for who does not see the row it is in. */
export function action(words: string, label: string, act: () => Promise<void>): HTMLButtonElement {
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "table__action",
      type: "button",
      "aria-label": label,
      onclick: () => {
        button.disabled = true;
        void act()
          .catch((error: unknown) => {
            button.textContent = error instanceof Error ? error.message : strings.errors.unreachable;
          })
          .finally(() => {
            button.disabled = false;
          });
      },
    },
    words,
  );
  return button;
}

/** A part of a screen under a heading. */
export function section(title: string, ...content: HTMLElement[]): HTMLElement {
  return h("section", { class: "earnings__part", "aria-label": title }, h("h2", {}, title), ...content);
}

export { day, moment } from "../language";
