import { ApiError, problemDetail } from "../answer";
import type { Schemas } from "../schemas";

/** Who asks, as `GET /v1/session` says. */
export type Session = Readonly<Schemas["SessionResponse"]>;

/** What requests that change anything carry; no other site's page can read it. Kept by the page that runs, and by nothing else. */
let csrf: string | null = null;

/** Whether the box was asked who we are: whoever is not signed in has nothing to carry, and need not ask again. */
let isKnown = false;

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export async function readSession(signal?: AbortSignal): Promise<Session> {
  const session = (await (await send("/v1/session", "GET", undefined, signal)).json()) as Session;
  csrf = session.csrf;
  isKnown = true;
  return session;
}

/** @throws ApiError 401 for another password, 429 after too many; TypeError where the box does not answer. */
export async function signIn(password: string): Promise<void> {
  csrf = ((await (await send("/v1/session", "POST", { password })).json()) as Session).csrf;
}

/** Becomes the owner by the console's code.
 * @throws ApiError 403 for another code, 429 after too many; TypeError where the box does not answer. */
export async function setUp(code: string, password: string): Promise<void> {
  csrf = ((await (await send("/v1/owner", "POST", { code, password })).json()) as Session).csrf;
}

/** @throws ApiError where the box says no; TypeError where it does not answer. */
export async function signOut(): Promise<void> {
  await writingHeaders();
  await send("/v1/session", "DELETE");
  csrf = null;
}

/** What a request that changes anything carries beside its own headers, where somebody is signed in.
 * @throws ApiError where the box says no; TypeError where it does not answer. */
export async function writingHeaders(signal?: AbortSignal): Promise<Record<string, string>> {
  if (csrf === null && !isKnown) await readSession(signal);
  return csrf === null ? {} : { "x-csrf-token": csrf };
}

async function send(url: string, method: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(method === "GET" || csrf === null ? {} : { "x-csrf-token": csrf }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  if (!response.ok) {
    throw new ApiError(response.status, await problemDetail(response));
  }
  return response;
}
