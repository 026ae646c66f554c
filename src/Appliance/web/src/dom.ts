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
      handle(element, name.slice(2), value);
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const handlers = new WeakMap<Element, Map<string, (event: Event) => void>>();

/** What listens is looked up when something happens, so that `patch` can put another in its place. */
function handle(element: Element, type: string, handler: (event: Event) => void): void {
  const own = handlers.get(element) ?? new Map<string, (event: Event) => void>();
  if (!own.has(type)) element.addEventListener(type, (event) => handlers.get(element)?.get(type)?.(event));
  handlers.set(element, own.set(type, handler));
}

/** Makes what is shown like what was made anew, and leaves alone what is like it already: what is focused, pressed or read out stays the element it was. Listeners that were given
 * to `h` are taken over; they must not hold on to elements of their own making, for those are never shown. An element that is the same object in both is left alone with all it holds. */
export function patch(shown: Element, fresh: Element): void {
  for (const { name } of [...shown.attributes]) if (!fresh.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  for (const [type, handler] of handlers.get(fresh) ?? []) handle(shown, type, handler);
  patchChildren(shown, [...fresh.childNodes]);
}

/** The same for all that an element holds. */
export function patchChildren(shown: Element, fresh: readonly Node[]): void {
  fresh.forEach((child, index) => {
    const before = shown.childNodes[index];
    if (before === child) return;
    if (before === undefined) {
      shown.append(child);
    } else if (before instanceof Text && child instanceof Text) {
      if (before.data !== child.data) before.data = child.data;
    } else if (before instanceof Element && child instanceof Element && !child.isConnected && isAlike(before, child)) {
      patch(before, child);
    } else {
      before.replaceWith(child);
    }
  });
  while (shown.childNodes.length > fresh.length) shown.lastChild?.remove();
}

/** Whether one can become the other: of one kind, and where they are named (`data-key`), of one name. */
function isAlike(one: Element, other: Element): boolean {
  return one.tagName === other.tagName && one.getAttribute("data-key") === other.getAttribute("data-key") && one.getAttribute("data-kept") === null && other.getAttribute("data-kept") === null;
}

/** True while the keyboard is writing into something, where letters are not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== "range";
}
