import { ask, askJson } from "../owner/session";

/** A film to go on with, as `GET /v1/watching` lists it. */
export interface WatchedFilm {
  readonly source: string;
  readonly positionSeconds: number;
  /** ISO 8601, by the box's clock. */
  readonly watchedAt: string;
}

/** The last one first.
 * @throws ApiError where the box says no, 401 where playing is closed; TypeError where it does not answer. */
export async function readWatching(signal: AbortSignal): Promise<readonly WatchedFilm[]> {
  return (await askJson<{ films: readonly WatchedFilm[] }>("/v1/watching", signal)).films;
}

/** Says where somebody is in a film; also while the page is being left.
 * @throws as `readWatching`. */
export async function tellWatching(source: string, positionSeconds: number, secondsAgo: number): Promise<void> {
  await ask(`/v1/watching/${encodeURIComponent(source)}`, { method: "PUT", body: { positionSeconds, secondsAgo }, keepalive: true });
}

/** Takes a film from the list.
 * @throws as `readWatching`. */
export async function forgetWatching(source: string): Promise<void> {
  await ask(`/v1/watching/${encodeURIComponent(source)}`, { method: "DELETE" });
}
