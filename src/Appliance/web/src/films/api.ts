import { ask, askJson } from "../owner/session";

/** A file or folder that is served, as `GET /v1/library` lists it. */
export interface ServedPath {
  readonly id: string;
  readonly path: string;
  readonly isAdded: boolean;
  readonly isThere: boolean;
  readonly files: number;
  readonly trouble: string | null;
}

/** A film on another machine, likewise. */
export interface RemoteFilm {
  readonly id: string;
  readonly url: string;
  readonly trouble: string | null;
}

/** What is served, and how far it is looked through. */
export interface Library {
  readonly paths: readonly ServedPath[];
  readonly remotes: readonly RemoteFilm[];
  readonly sources: number;
  readonly probing: number;
  readonly waiting: number;
}

/** An upload, as `GET /v1/uploads` lists it; sizes in bytes. */
export interface Upload {
  readonly id: string;
  readonly title: string;
  readonly length: number;
  readonly offset: number;
}

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export function readLibrary(signal: AbortSignal): Promise<Library> {
  return askJson<Library>("/v1/library", signal);
}

export async function addSource(what: { readonly path: string } | { readonly url: string }): Promise<void> {
  await ask("/v1/sources", { method: "POST", body: what });
}

export async function removeServed(id: string): Promise<void> {
  await ask(`/v1/library/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function readUploads(signal: AbortSignal): Promise<readonly Upload[]> {
  return (await askJson<{ uploads: readonly Upload[] }>("/v1/uploads", signal)).uploads;
}
