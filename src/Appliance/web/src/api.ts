export type SourceState = "ready" | "probing" | "refused";

/** A source as `GET /v1/sources` lists it. Sizes in pixels, times in seconds, `frameRate` a fraction. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly state: SourceState;
  readonly reason: string | null;
  /** When its file was last written, in ISO 8601. */
  readonly writtenAt: string | null;
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly frameRate: string | null;
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
  readonly still: string | null;
  readonly master: string | null;
  /** Told by `GET /v1/sources/{id}` only. */
  readonly thumbnails?: Thumbnails | null;
  /** Told by `GET /v1/sources/{id}` only. */
  readonly subtitles?: readonly SubtitleTrack[];
}

/** A track of subtitles. `burnt` is where playing starts to have it in the picture, null where it cannot be. */
export interface SubtitleTrack {
  readonly language: string | null;
  readonly title: string | null;
  readonly burnt: string | null;
}

/** Thumbnails in sheets filled row by row: sheet `n` is `folder` + `n.jpg`. Sizes in pixels. */
export interface Thumbnails {
  readonly folder: string;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly secondsApart: number;
  readonly count: number;
}

/** The box answered with an error; `detail` is its own sentence about it, if it gave one. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string | null,
  ) {
    super(detail ?? `HTTP ${status}`);
  }
}

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export async function listSources(signal?: AbortSignal): Promise<readonly Source[]> {
  const body = await getJson<{ sources: readonly Source[] }>("/v1/sources", signal);
  return body.sources;
}

/** @throws ApiError where the box says no, 404 for an unknown source; TypeError where it does not answer. */
export function getSource(id: string, signal?: AbortSignal): Promise<Source> {
  return getJson<Source>(`/v1/sources/${encodeURIComponent(id)}`, signal);
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

/** What is done to pictures at a place, shot by shot, with one picture before and after as base64 of a JPEG. */
export interface TuningReport {
  readonly shots: readonly { readonly firstPicture: number; readonly reasons: readonly string[] }[];
  readonly before: string;
  readonly after: string;
}

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export function getTuning(id: string, atSeconds: number, signal?: AbortSignal): Promise<TuningReport> {
  return getJson<TuningReport>(`/v1/sources/${encodeURIComponent(id)}/tuning.json?t=${Math.max(0, Math.floor(atSeconds))}`, signal);
}

/** The sentence in a problem+json answer, or null where there is none. */
export async function problemDetail(response: Response): Promise<string | null> {
  if (!response.headers.get("content-type")?.includes("problem+json")) {
    return null;
  }
  try {
    const problem = (await response.json()) as { detail?: unknown; title?: unknown };
    const sentence = problem.detail ?? problem.title;
    return typeof sentence === "string" ? sentence : null;
  } catch {
    return null;
  }
}

async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, { headers: { accept: "application/json" }, signal: signal ?? null });
  if (!response.ok) {
    throw new ApiError(response.status, await problemDetail(response));
  }
  return (await response.json()) as T;
}
