import type { ErrorData } from "hls.js";
import { inWords, problemOf } from "../api";
import { h } from "../dom";
import { strings } from "../strings";

/** Why playing stopped, in plain words; the box's own where it gave some that the reader understands. */
export async function explain(error: ErrorData | null): Promise<string> {
  const status = error?.response?.code ?? 0;
  const url = error?.response?.url ?? error?.url;
  if (error?.type !== "networkError") {
    return strings.errors.decode;
  }
  if (status === 503 || status === 429) {
    return (await boxSays(url)) ?? strings.errors.busy;
  }
  if (status === 401) {
    return strings.errors.closed;
  }
  if (status === 404 || status === 410) {
    return (await boxSays(url)) ?? strings.errors.missing;
  }
  return status >= 400 ? ((await boxSays(url)) ?? strings.errors.refused) : strings.errors.unreachable;
}

export function errorPanel(words: string, onRetry: (() => void) | null): HTMLElement {
  return h(
    "div",
    { class: "fault", role: "alert" },
    h("h2", { class: "fault__title" }, strings.errors.title),
    h("p", { class: "fault__text" }, words),
    onRetry === null ? null : h("button", { class: "button button--main", type: "button", onclick: onRetry }, strings.errors.retry),
  );
}

/** hls.js drops the body of an error answer, so it is asked for once more; a good answer by now is left unread. */
async function boxSays(url: string | undefined): Promise<string | null> {
  if (!url) {
    return null;
  }
  const reading = new AbortController();
  try {
    const response = await fetch(url, { signal: reading.signal });
    return response.ok ? null : inWords(await problemOf(response));
  } catch {
    return null;
  } finally {
    reading.abort();
  }
}
