import { box, said, type Schemas } from "./client";

export { ApiError, inWords, problemDetail, problemOf } from "./answer";

/** A source as `GET /v1/sources` lists it; what `GET /v1/sources/{id}` alone tells may be there. */
export type Source = Readonly<Schemas["SourceSummary"]> & Partial<Readonly<Pick<Schemas["SourceDetailResponse"], "thumbnails" | "subtitles">>>;

export type SourceState = Source["state"];

/** A track of subtitles. `burnt` is where playing starts to have it in the picture, null where it cannot be. */
export type SubtitleTrack = Readonly<Schemas["SubtitleResponse"]>;

/** Thumbnails in sheets filled row by row: sheet `n` is `folder` + `n.jpg`. Sizes in pixels. */
export type Thumbnails = Readonly<Schemas["ThumbnailsResponse"]>;

/** What is done to pictures at a place, shot by shot, with one picture before and after as base64 of a JPEG. */
export type TuningReport = Readonly<Schemas["TuningReport"]>;

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export async function listSources(signal?: AbortSignal): Promise<readonly Source[]> {
  return (await said(box.GET("/v1/sources", { ...(signal && { signal }) }))).sources;
}

/** @throws ApiError where the box says no, 404 for an unknown source; TypeError where it does not answer. */
export function getSource(id: string, signal?: AbortSignal): Promise<Source> {
  return said(box.GET("/v1/sources/{id}", { params: { path: { id } }, ...(signal && { signal }) }));
}

/** Where a source's playlists begin: known from the id alone, so that playing need not wait for its description. */
export function masterOf(id: string): string {
  return `/v1/sources/${encodeURIComponent(id)}/hls/master.m3u8`;
}

/** A still picture. Width must be one the box offers. */
export function stillOf(id: string, width: 160 | 320 | 640 | 1280, atSeconds?: number): string {
  const at = atSeconds === undefined ? "" : `t=${Math.max(0, Math.floor(atSeconds))}&`;
  return `/v1/sources/${encodeURIComponent(id)}/still.jpg?${at}w=${width}`;
}

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export function getTuning(id: string, atSeconds: number, signal?: AbortSignal): Promise<TuningReport> {
  const query = { t: Math.max(0, Math.floor(atSeconds)) };
  return said(box.GET("/v1/sources/{id}/tuning.json", { params: { path: { id }, query }, ...(signal && { signal }) }));
}
