import { box, said, type Schemas } from "../client";

/** What `GET /v1/storage` says. */
export type Storage = Readonly<Schemas["StorageResponse"]>;

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export function readStorage(signal: AbortSignal): Promise<Storage> {
  return said(box.GET("/v1/storage", { signal }));
}

/** Removes finished segments, and says how many. */
export function clearCache(): Promise<Readonly<Schemas["CacheCleared"]>> {
  return said(box.DELETE("/v1/cache"));
}
