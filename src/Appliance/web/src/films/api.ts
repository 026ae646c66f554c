import { box, said, type Schemas } from "../client";

/** What is served, and how far it is looked through, as `GET /v1/library` says. */
export type Library = Readonly<Schemas["LibraryResponse"]>;

/** A file or folder that is served. */
export type ServedPath = Readonly<Library["paths"][number]>;

/** A film on another machine. */
export type RemoteFilm = Readonly<Library["remotes"][number]>;

/** An upload, as `GET /v1/uploads` lists it; sizes in bytes. */
export type Upload = Readonly<Schemas["UploadResponse"]>;

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export function readLibrary(signal: AbortSignal): Promise<Library> {
  return said(box.GET("/v1/library", { signal }));
}

export async function addSource(what: { readonly path: string } | { readonly url: string }): Promise<void> {
  await box.POST("/v1/sources", { body: what });
}

export async function removeServed(id: string): Promise<void> {
  await box.DELETE("/v1/library/{id}", { params: { path: { id } } });
}

export async function readUploads(signal: AbortSignal): Promise<readonly Upload[]> {
  return (await said(box.GET("/v1/uploads", { signal }))).uploads;
}
