import { ApiError, listSources, type Source } from "../api";
import { h } from "../dom";
import { listen } from "../live";
import { entry } from "../owner/entry";
import { lastWatched } from "../storage";
import { strings } from "../strings";
import { moveByArrows } from "./arrows";
import { card } from "./card";
import { hero } from "./hero";

/** How soon the list is asked for again while a source is being looked at, and otherwise. */
const PROBING_POLL_MS = 1000;
const IDLE_POLL_MS = 10_000;

/** Shows the library and keeps it fresh while the page is visible. Returns what ends it. */
export function showLibrary(root: HTMLElement): () => void {
  document.title = strings.product;
  const screen = h("main", { class: "library", "aria-busy": "true" }, waiting());
  root.append(screen);

  const ending = new AbortController();
  let timer = 0;
  let shown = "";

  const refresh = async (): Promise<void> => {
    clearTimeout(timer);
    let pause = IDLE_POLL_MS;
    try {
      const sources = await listSources(ending.signal);
      const text = JSON.stringify(sources);
      if (text !== shown) {
        shown = text;
        render(screen, sources);
      }
      if (sources.some((source) => source.state === "probing")) {
        pause = PROBING_POLL_MS;
      }
    } catch (error) {
      if (ending.signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        shown = "";
        screen.removeAttribute("aria-busy");
        screen.replaceChildren(topBar(), h("section", { class: "message" }, entry(strings.entry.closed, () => void refresh())));
        return;
      }
      // What is on the screen stays there through a hiccup; only an empty screen says that nobody answers.
      if (shown === "") {
        screen.replaceChildren(topBar(), message(strings.library.unreachableTitle, strings.library.unreachableText, null));
      }
      pause = PROBING_POLL_MS;
    }
    if (!ending.signal.aborted && !document.hidden) {
      timer = window.setTimeout(() => void refresh(), live.pause(pause));
    }
  };

  document.addEventListener("visibilitychange", () => void (document.hidden || refresh()), { signal: ending.signal });
  document.addEventListener("keydown", (event) => moveByArrows(screen, event), { signal: ending.signal });
  const live = listen(["library"], refresh);
  void refresh();

  return () => {
    ending.abort();
    live.end();
    clearTimeout(timer);
  };
}

function render(screen: HTMLElement, sources: readonly Source[]): void {
  const focused = document.activeElement?.getAttribute("data-key") ?? null;
  screen.removeAttribute("aria-busy");
  screen.classList.toggle("library--single", sources.length === 1 && sources[0]?.state === "ready");
  if (sources.length === 0) {
    screen.replaceChildren(
      topBar(),
      message(strings.library.emptyTitle, strings.library.emptyText, strings.library.emptyCommand),
    );
    return;
  }

  const featured = chooseFeatured(sources);
  const parts: HTMLElement[] = [topBar()];
  if (featured) parts.push(hero(featured));
  if (sources.length > 1 || !featured) {
    parts.push(
      h(
        "section",
        { class: "shelf", "aria-label": strings.library.title },
        h("h2", { class: "shelf__title" }, strings.library.title),
        h("ul", { class: "shelf__grid" }, ...sources.map((source) => h("li", {}, card(source)))),
      ),
    );
  }
  screen.replaceChildren(...parts);
  const again = focused === null ? null : screen.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`);
  // The first thing to press is under the thumb of whoever holds the remote control.
  (again ?? screen.querySelector<HTMLElement>(".button--main"))?.focus({ preventScroll: true });
}

/** What was watched last, else the largest picture: the one that looks best on a big screen. */
function chooseFeatured(sources: readonly Source[]): Source | null {
  const playable = sources.filter((source) => source.state === "ready");
  const last = lastWatched();
  const area = (source: Source): number => (source.hasVideo ? (source.width ?? 0) * (source.height ?? 0) : 0);
  const landscape = (source: Source): number => ((source.width ?? 0) >= (source.height ?? 0) ? 1 : 0);
  return (
    playable.find((source) => source.id === last) ??
    [...playable].sort(
      (a, b) =>
        landscape(b) - landscape(a) ||
        Math.min(area(b), 1920 * 1080) - Math.min(area(a), 1920 * 1080) ||
        (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0),
    )[0] ??
    null
  );
}

function topBar(): HTMLElement {
  return h(
    "header",
    { class: "bar" },
    h("span", { class: "bar__mark", "aria-hidden": "true" }),
    h("h1", { class: "bar__name" }, strings.product),
    h("a", { class: "bar__link", href: "#/hardware" }, strings.hardware.title),
    h("a", { class: "bar__link", href: "#/network" }, strings.network.title),
    h("a", { class: "bar__link", href: "#/earnings" }, strings.earnings.title),
    h("a", { class: "bar__link", href: "#/access" }, strings.access.title),
  );
}

function waiting(): HTMLElement {
  return h("div", { class: "waiting", role: "status", "aria-label": strings.library.loading }, h("div", { class: "waiting__hero shimmer" }));
}

function message(title: string, text: string, command: string | null): HTMLElement {
  return h(
    "section",
    { class: "message", role: "status" },
    h("h2", { class: "message__title" }, title),
    h("p", { class: "message__text" }, text),
    command === null ? null : h("code", { class: "message__command" }, command),
  );
}
