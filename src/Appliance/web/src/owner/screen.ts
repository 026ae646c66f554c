import { ApiError } from "../api";
import { h } from "../dom";
import { strings } from "../strings";
import { rememberToken, rememberedToken } from "./token";
import { tokenForm } from "./token-form";

/** Where the box did not answer. */
const RETRY_MS = 10_000;

/** What a screen shows now, and in how many milliseconds it looks again. */
export interface Look {
  readonly content: readonly HTMLElement[];
  readonly again: number;
}

/** A screen of the owner's, which keeps itself fresh: asks for the token where there is none, or a wrong one, and says why where the box does not answer.
 * @param classes of the screen, for styles.
 * @param look asks the box; it is given what looks again at once.
 * @returns what ends it. */
export function showOwners(
  root: HTMLElement,
  classes: string,
  words: { readonly title: string; readonly askToken: string },
  look: (token: string, signal: AbortSignal, refresh: () => Promise<void>) => Promise<Look>,
): () => void {
  document.title = `${words.title} – ${strings.product}`;
  const body = h("div", { class: "earnings__body", "aria-busy": "true" });
  root.append(
    h("main", { class: classes }, h("header", { class: "earnings__head" }, h("a", { class: "button", href: "#/" }, strings.earnings.back), h("h1", {}, words.title)), body),
  );
  const ending = new AbortController();
  let timer = 0;

  const ask = (told: string): void => {
    body.replaceChildren(
      tokenForm(told, (token) => {
        rememberToken(token);
        void refresh();
      }),
    );
  };

  const refresh = async (): Promise<void> => {
    clearTimeout(timer);
    const token = rememberedToken();
    if (token === null) {
      ask(words.askToken);
      return;
    }
    let pause = RETRY_MS;
    try {
      const { content, again } = await look(token, ending.signal, refresh);
      body.replaceChildren(...content);
      pause = again;
    } catch (error) {
      if (ending.signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) {
        rememberToken(null);
        ask(strings.earnings.wrongToken);
        return;
      }
      body.replaceChildren(h("p", { class: "earnings__note", role: "status" }, error instanceof ApiError ? error.message : strings.errors.unreachable));
    }
    body.removeAttribute("aria-busy");
    timer = window.setTimeout(() => void refresh(), pause);
  };

  void refresh();
  return () => {
    ending.abort();
    clearTimeout(timer);
  };
}
