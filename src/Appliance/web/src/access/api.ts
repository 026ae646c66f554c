import { ask, askJson } from "../owner/session";

export type ScopeName = "play" | "links" | "library" | "jobs" | "orders" | "owner";

/** A key, as `GET /v1/keys` lists it; `key` is there in the answer that made it only. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ScopeName[];
  readonly madeAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly key: string | null;
}

/** What a key shall be; null where nothing limits it. */
export interface KeyTerms {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly requestsAMinute: number | null;
  readonly mediaSecondsADay: number | null;
  readonly funds: string | null;
}

/** Somebody who is signed in, as `GET /v1/sessions` lists it. */
export interface SignedIn {
  readonly id: string;
  readonly signedInAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly agent: string;
  readonly isThis: boolean;
}

/** One act, as `GET /v1/audit` has it. */
export interface Act {
  readonly number: number;
  readonly at: string;
  readonly who: string;
  readonly from?: string;
  readonly act: string;
  readonly what?: string;
}

/** Newest first; `before` is what to ask on with. */
export interface Trail {
  readonly entries: readonly Act[];
  readonly before: number | null;
}

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export async function readHome(signal: AbortSignal): Promise<boolean> {
  return (await askJson<{ homeIsOpen: boolean }>("/v1/access", signal)).homeIsOpen;
}

export async function setHome(homeIsOpen: boolean): Promise<void> {
  await ask("/v1/access", { method: "PUT", body: { homeIsOpen } });
}

export async function readKeys(signal: AbortSignal): Promise<readonly Key[]> {
  return (await askJson<{ keys: readonly Key[] }>("/v1/keys", signal)).keys;
}

export async function makeKey(terms: KeyTerms): Promise<Key> {
  return (await (await ask("/v1/keys", { method: "POST", body: terms })).json()) as Key;
}

export async function removeKey(id: string): Promise<void> {
  await ask(`/v1/keys/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function readSessions(signal: AbortSignal): Promise<readonly SignedIn[]> {
  return (await askJson<{ sessions: readonly SignedIn[] }>("/v1/sessions", signal)).sessions;
}

export async function endSession(id: string): Promise<void> {
  await ask(`/v1/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function changePassword(password: string, newPassword: string): Promise<void> {
  await ask("/v1/owner", { method: "PUT", body: { password, newPassword } });
}

export async function endLinks(): Promise<void> {
  await ask("/v1/urls", { method: "DELETE" });
}

export function readTrail(before: number | null, signal: AbortSignal): Promise<Trail> {
  return askJson<Trail>(before === null ? "/v1/audit" : `/v1/audit?before=${before}`, signal);
}
