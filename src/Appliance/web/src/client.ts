import createClient from "openapi-fetch";
import type { paths } from "../obj/api";
import { ApiError, problemDetail } from "./answer";
import { readSession, writingHeaders } from "./owner/session";

export type { Schemas } from "./schemas";

/** The box's API, typed by its document, as whoever has the page open. What it says no to is thrown as ApiError, and TypeError where it does not answer. */
export const box = createClient<paths>({ fetch: send });

/** What an answer that has a body says. */
export async function said<T>(answer: Promise<{ readonly data?: T }>): Promise<T> {
  return (await answer).data as T;
}

async function send(request: Request): Promise<Response> {
  if (request.method === "GET") return answered(await fetch(request));
  const again = request.clone();
  const headers = await writingHeaders(request.signal);
  const response = await fetch(signed(request, headers));
  // Somebody signed in or out in another tab since.
  if (response.status === 403 && (await readSession(request.signal)).csrf !== (headers["x-csrf-token"] ?? null)) {
    return answered(await fetch(signed(again, await writingHeaders(again.signal))));
  }
  return answered(response);
}

function signed(request: Request, headers: Readonly<Record<string, string>>): Request {
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return request;
}

async function answered(response: Response): Promise<Response> {
  if (!response.ok) throw new ApiError(response.status, await problemDetail(response));
  return response;
}
