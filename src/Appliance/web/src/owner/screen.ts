import { ApiError } from "../api";
import { h, patchChildren } from "../dom";
import { listen, type Live, type Topic } from "../live";
import { bar, ownersLinks } from "../shell/bar";
import { strings } from "../strings";
import { entry } from "./entry";

/** Where the box did not answer. */
const RETRY_MS = 10_000;

/** What a screen shows now, and in how many milliseconds it looks again where the box does not tell of changes; null where only what is done there changes it. */
export interface Look {
  readonly content: readonly HTMLElement[];
  readonly again: number | null;
}

/** A screen of the owner's, which keeps itself fresh: has its owner sign in where he is not, and says why where the box does not answer.
 * @param classes of the screen, for styles.
 * @param topics of which the box tells that they changed; none where nothing is told.
 * @param look asks the box; it is given what looks again at once.
 * @returns what ends it. */
export function showOwners(
  root: HTMLElement,
  classes: string,
  words: { readonly title: string; readonly askOwner: string },
  topics: readonly Topic[],
  look: (signal: AbortSignal, refresh: () => Promise<void>) => Promise<Look>,
): () => void {
  document.title = `${words.title} – ${strings.product}`;
  const body = h("div", { class: "owner__body", "aria-busy": "true" });
  const ending = new AbortController();
  const tabs = h("nav", { class: "tabs", "aria-label": strings.shell.box }, h("a", { class: "tab", href: "#/" }, strings.library.title), ...ownersLinks(location.hash.slice(2)));
  root.append(
    h("div", { class: "screen" }, bar(null, ending.signal), h("main", { class: `owner ${classes}`, id: "main" }, tabs, h("header", { class: "owner__head" }, h("h1", {}, words.title)), body)),
  );
  tabs.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  let timer = 0;
  let live: Live | null = null;

  const refresh = async (): Promise<void> => {
    clearTimeout(timer);
    let pause: number | null = RETRY_MS;
    try {
      const { content, again } = await look(ending.signal, refresh);
      if (live === null) body.replaceChildren(...content);
      else patchChildren(body, content);
      // Not before he is signed in: nobody else may hear of it.
      if (topics.length > 0) live ??= listen(topics, refresh);
      pause = again;
    } catch (error) {
      if (ending.signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        // A hint must not take away the form that is being filled in.
        live?.end();
        live = null;
        body.replaceChildren(entry(words.askOwner, () => void refresh()));
        body.removeAttribute("aria-busy");
        return;
      }
      body.replaceChildren(h("p", { class: "owner__note", role: "status" }, error instanceof ApiError ? error.message : strings.errors.unreachable));
    }
    body.removeAttribute("aria-busy");
    reachable(body);
    if (pause !== null) timer = window.setTimeout(() => void refresh(), live?.pause(pause) ?? pause);
  };

  addEventListener("resize", () => reachable(body), { signal: ending.signal });
  void refresh();
  return () => {
    ending.abort();
    live?.end();
    clearTimeout(timer);
  };
}

/** What scrolls sideways is scrolled by the keyboard too; what does not is no stop on its way. */
function reachable(body: HTMLElement): void {
  for (const part of body.querySelectorAll<HTMLElement>(".owner__part")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}
