import { ApiError, problemDetail } from "../api";
import { writingHeaders } from "../owner/session";

/** A piece's size: large enough that asking costs nothing, small enough that a slow line shows progress. */
const PIECE_BYTES = 4 << 20;

const VERSION = { "tus-resumable": "1.0.0" };

/** How far an upload is at the box. */
export interface Standing {
  readonly address: string;
  readonly offset: number;
}

/** Begins an upload by tus 1.0.0 (tus.io).
 * @throws ApiError where the box says no; TypeError where it does not answer. */
export async function create(file: File, signal: AbortSignal): Promise<Standing> {
  const answer = await send("/v1/uploads", "POST", { "upload-length": String(file.size), "upload-metadata": metadataOf(file) }, null, signal);
  return { address: answer.headers.get("location") ?? "", offset: 0 };
}

/** Where an upload stands, if it is one of this very file; null where it is another's.
 * @throws as `create`. */
export async function look(id: string, file: File, signal: AbortSignal): Promise<Standing | null> {
  const address = addressOf(id);
  const answer = await send(address, "HEAD", {}, null, signal);
  return answer.headers.get("upload-metadata") === metadataOf(file) ? { address, offset: offsetOf(answer) } : null;
}

/** Sends the next piece. @returns how far it is then.
 * @throws as `create`; DOMException where it was aborted. */
export async function sendPiece(file: File, { address, offset }: Standing, signal: AbortSignal): Promise<Standing> {
  const piece = file.slice(offset, offset + PIECE_BYTES);
  const answer = await send(address, "PATCH", { "upload-offset": String(offset), "content-type": "application/offset+octet-stream" }, piece, signal);
  return { address, offset: offsetOf(answer) };
}

/** How far it is, asked of the box.
 * @throws as `create`. */
export async function standing(address: string, signal: AbortSignal): Promise<Standing> {
  return { address, offset: offsetOf(await send(address, "HEAD", {}, null, signal)) };
}

/** Removes an upload, and the film that it became.
 * @throws as `create`. */
export async function remove(id: string, signal: AbortSignal): Promise<void> {
  await send(addressOf(id), "DELETE", {}, null, signal);
}

function addressOf(id: string): string {
  return `/v1/uploads/${encodeURIComponent(id)}`;
}

async function send(url: string, method: string, headers: Record<string, string>, body: Blob | null, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { method, headers: { ...VERSION, ...headers, ...(await writingHeaders(signal)) }, body, signal });
  if (!response.ok) throw new ApiError(response.status, await problemDetail(response));
  return response;
}

function offsetOf(answer: Response): number {
  return Number(answer.headers.get("upload-offset") ?? 0);
}

/** By which the same file is known again: its name, and when it was written. */
function metadataOf(file: File): string {
  return `filename ${base64(file.name)},written ${base64(String(file.lastModified))}`;
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
