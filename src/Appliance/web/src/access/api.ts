import { box, said, type Schemas } from "../client";

/** A key, as `GET /v1/keys` lists it; `key` is there in the answer that made it only. */
export type Key = Readonly<Schemas["KeyResponse"]>;

export type ScopeName = Key["scopes"][number];

/** What a key shall be; null where nothing limits it. */
export type KeyTerms = Readonly<Schemas["KeyTerms"]>;

/** Somebody who is signed in, as `GET /v1/sessions` lists it. */
export type SignedIn = Readonly<Schemas["SessionRow"]>;

/** One act, as `GET /v1/audit` has it. */
export type Act = Readonly<Schemas["AuditEntry"]>;

/** Newest first; `before` is what to ask on with. */
export interface Trail {
  readonly entries: readonly Act[];
  readonly before: number | null;
}

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export async function readHome(signal: AbortSignal): Promise<boolean> {
  return (await said(box.GET("/v1/access", { signal }))).homeIsOpen;
}

export async function setHome(homeIsOpen: boolean): Promise<void> {
  await box.PUT("/v1/access", { body: { homeIsOpen } });
}

export async function readKeys(signal: AbortSignal): Promise<readonly Key[]> {
  return (await said(box.GET("/v1/keys", { signal }))).keys;
}

export function makeKey(terms: KeyTerms): Promise<Key> {
  return said(box.POST("/v1/keys", { body: terms }));
}

export async function removeKey(id: string): Promise<void> {
  await box.DELETE("/v1/keys/{id}", { params: { path: { id } } });
}

export async function readSessions(signal: AbortSignal): Promise<readonly SignedIn[]> {
  return (await said(box.GET("/v1/sessions", { signal }))).sessions;
}

export async function endSession(id: string): Promise<void> {
  await box.DELETE("/v1/sessions/{id}", { params: { path: { id } } });
}

export async function changePassword(password: string, newPassword: string): Promise<void> {
  await box.PUT("/v1/owner", { body: { password, newPassword } });
}

export async function endLinks(): Promise<void> {
  await box.DELETE("/v1/urls");
}

export async function readTrail(before: number | null, signal: AbortSignal): Promise<Trail> {
  const { entries, next } = await said(box.GET("/v1/audit", { params: { query: { ...(before !== null && { before }) } }, signal }));
  return { entries, before: next };
}
