import { ApiError } from "../api";
import { h } from "../dom";
import { bar, ownersLinks } from "../shell/bar";
import { strings } from "../strings";
import { entry } from "./entry";

/** Where the box did not answer. */
const RETRY_MS = 10_000;

/** What a screen shows now, and in how many milliseconds it looks again; null where only what is done there changes it. */
export interface Look {
  readonly content: readonly HTMLElement[];
  readonly again: number | null;
}

/** A screen of the owner's, which keeps itself fresh: has its owner sign in where he is not, and says why where the box does not answer.
 * @param classes of the screen, for styles.
 * @param look asks the box; it is given what looks again at once.
 * @returns what ends it. */
export function showOwners(
  root: HTMLElement,
  classes: string,
  words: { readonly title: string; readonly askOwner: string },
  look: (signal: AbortSignal, refresh: () => Promise<void>) => Promise<Look>,
): () => void {
  document.title = `${words.title} – ${strings.product}`;
  const body = h("div", { class: "earnings__body", "aria-busy": "true" });
  const ending = new AbortController();
  const tabs = h("nav", { class: "tabs", "aria-label": strings.shell.box }, h("a", { class: "tab", href: "#/" }, strings.library.title), ...ownersLinks(location.hash.slice(2)));
  root.append(
    h("div", { class: "screen" }, bar(null, ending.signal), h("main", { class: classes, id: "main" }, tabs, h("header", { class: "earnings__head" }, h("h1", {}, words.title)), body)),
  );
  tabs.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  let timer = 0;

  const refresh = async (): Promise<void> => {
    clearTimeout(timer);
    let pause: number | null = RETRY_MS;
    try {
      const { content, again } = await look(ending.signal, refresh);
      // What stays is not taken out and put back: it would lose the focus.
      if (content.length !== body.children.length || content.some((part, place) => part !== body.children[place])) body.replaceChildren(...content);
      pause = again;
    } catch (error) {
      if (ending.signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        body.replaceChildren(entry(words.askOwner, () => void refresh()));
        body.removeAttribute("aria-busy");
        return;
      }
      body.replaceChildren(h("p", { class: "earnings__note", role: "status" }, error instanceof ApiError ? error.message : strings.errors.unreachable));
    }
    body.removeAttribute("aria-busy");
    if (pause !== null) timer = window.setTimeout(() => void refresh(), pause);
  };

  void refresh();
  return () => {
    ending.abort();
    clearTimeout(timer);
  };
}
