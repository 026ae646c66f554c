type Attribute = string | number | boolean | null | ((event: Event) => void);
type Child = Node | string | null;

/** Creates an element. A function becomes a listener (`onclick`), `true` an empty attribute, `null` and `false` none.
 * Twenty lines stand in for a framework: the page has two screens and no shared state to keep in step. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** True while the keyboard is writing into something, where letters are not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== "range";
}
