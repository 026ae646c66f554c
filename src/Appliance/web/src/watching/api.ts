import { box, said, type Schemas } from "../client";

/** A film to go on with, as `GET /v1/watching` lists it; when, in ISO 8601, by the box's clock. */
export type WatchedFilm = Readonly<Schemas["WatchedFilmResponse"]>;

/** The last one first.
 * @throws ApiError where the box says no, 401 where playing is closed; TypeError where it does not answer. */
export async function readWatching(signal: AbortSignal): Promise<readonly WatchedFilm[]> {
  return (await said(box.GET("/v1/watching", { signal }))).films;
}

/** Says where somebody is in a film; also while the page is being left.
 * @throws as `readWatching`. */
export async function tellWatching(source: string, positionSeconds: number, secondsAgo: number): Promise<void> {
  await box.PUT("/v1/watching/{source}", { params: { path: { source } }, body: { positionSeconds, secondsAgo }, keepalive: true });
}

/** Takes a film from the list.
 * @throws as `readWatching`. */
export async function forgetWatching(source: string): Promise<void> {
  await box.DELETE("/v1/watching/{source}", { params: { path: { source } } });
}
