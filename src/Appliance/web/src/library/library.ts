import { ApiError, listSources, type Source } from "../api";
import { h } from "../dom";
import { listen } from "../live";
import { entry } from "../owner/entry";
import { bar } from "../shell/bar";
import { strings } from "../strings";
import { refreshWatching } from "../watching/watching";
import { moveByArrows } from "./arrows";
import { searchBox } from "./search";
import { LibraryView } from "./view";

/** How soon the list is asked for again while a source is being looked at, and otherwise. */
const PROBING_POLL_MS = 1000;
const IDLE_POLL_MS = 10_000;

/** What was there when the library was left: coming back finds it as it was, at once. */
let left: { readonly sources: readonly Source[]; readonly query: string; readonly scrolled: number; readonly focused: string | null } | null = null;

/** Shows the library and keeps it fresh while the page is visible. Returns what ends it. */
export function showLibrary(root: HTMLElement): () => void {
  document.title = strings.product;
  const ending = new AbortController();
  const { signal } = ending;
  let query = left?.query ?? "";
  const view = new LibraryView(query);
  const body = h("main", { class: "library", id: "main", "aria-busy": "true" }, waiting());
  const screen = h(
    "div",
    { class: "screen" },
    bar(
      searchBox(query, (words) => {
        query = words;
        view.search(words);
        scrollTo({ top: 0 });
      }, signal),
      signal,
    ),
    body,
  );
  root.append(screen);

  let timer = 0;
  let shown = "";
  let sources: readonly Source[] = [];

  const show = (found: readonly Source[]): void => {
    sources = found;
    body.removeAttribute("aria-busy");
    body.classList.toggle("library--single", found.length === 1 && found[0]?.state === "ready");
    screen.classList.toggle("screen--empty", found.length === 0);
    if (found.length === 0) {
      body.replaceChildren(empty());
      return;
    }
    const isFirst = view.element.parentElement !== body;
    const focused = document.activeElement?.getAttribute("data-key") ?? left?.focused ?? null;
    view.show(found);
    if (isFirst) body.replaceChildren(h("h1", { class: "unseen" }, strings.product), view.element);
    if (isFirst || document.activeElement === document.body) focusAgain(screen, focused, isFirst);
  };

  const refresh = async (): Promise<void> => {
    clearTimeout(timer);
    let pause = IDLE_POLL_MS;
    try {
      const [found] = await Promise.all([listSources(signal), refreshWatching(signal)]);
      const text = JSON.stringify(found);
      shown = text;
      show(found);
      if (found.some((source) => source.state === "probing")) {
        pause = PROBING_POLL_MS;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        shown = "";
        if (body.querySelector(".entry")) return;
        body.removeAttribute("aria-busy");
        body.replaceChildren(h("section", { class: "message" }, h("h1", { class: "unseen" }, strings.product), entry(strings.entry.closed, () => void refresh())));
        return;
      }
      // What is on the screen stays there through a hiccup; only an empty screen says that nobody answers.
      if (shown === "") {
        body.replaceChildren(message(strings.library.unreachableTitle, strings.library.unreachableText));
      }
      pause = PROBING_POLL_MS;
    }
    if (!signal.aborted && !document.hidden) {
      timer = window.setTimeout(() => void refresh(), live.pause(pause));
    }
  };

  document.addEventListener("visibilitychange", () => void (document.hidden || refresh()), { signal });
  document.addEventListener("keydown", (event) => moveByArrows(screen, event), { signal });
  const live = listen(["library"], refresh);
  if (left) {
    show(left.sources);
    scrollTo({ top: left.scrolled, behavior: "instant" });
  }
  void refresh();

  return () => {
    left = { sources, query, scrolled: scrollY, focused: document.activeElement?.getAttribute("data-key") ?? null };
    if (sources.length === 0) left = null;
    ending.abort();
    live.end();
    clearTimeout(timer);
  };
}

/** What had the focus has it again. The first thing to press is under the thumb of whoever holds the remote control; a finger needs none. */
function focusAgain(screen: HTMLElement, focused: string | null, isFirst: boolean): void {
  const again = focused === null ? null : screen.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`);
  const first = isFirst && matchMedia("(hover: hover)").matches ? screen.querySelector<HTMLElement>(".button--main") : null;
  (again ?? first)?.focus({ preventScroll: true });
}

function waiting(): HTMLElement {
  return h("div", { class: "waiting", role: "status", "aria-label": strings.library.loading }, h("div", { class: "waiting__hero shimmer" }));
}

function empty(): HTMLElement {
  return message(
    strings.library.emptyTitle,
    strings.library.emptyText,
    h("a", { class: "button button--main", href: "#/films", "data-focusable": true }, strings.films.title),
    h("p", { class: "message__text" }, strings.library.emptyOr),
    h("code", { class: "message__command" }, strings.library.emptyCommand),
  );
}

function message(title: string, text: string, ...more: HTMLElement[]): HTMLElement {
  return h("section", { class: "message", role: "status" }, h("h1", { class: "message__title" }, title), h("p", { class: "message__text" }, text), ...more);
}
