import { h } from "../dom";
import { strings } from "../strings";

/** A small button that says where it failed.
 * @param words on it.
 * @param label what it does to what, for who does not see the row it is in. */
export function action(words: string, label: string, act: () => Promise<void>): HTMLButtonElement {
  return h(
    "button",
    {
      class: "table__action",
      type: "button",
      "aria-label": label,
      onclick: (event) => {
        const button = event.currentTarget as HTMLButtonElement;
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
}

/** A part of a screen under a heading. */
export function section(title: string, ...content: HTMLElement[]): HTMLElement {
  return h("section", { class: "owner__part", "aria-label": title }, h("h2", {}, title), ...content);
}

export { columnHead, table } from "../owner/parts";
export { day, moment } from "../language";
