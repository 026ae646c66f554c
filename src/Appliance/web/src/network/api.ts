import { ask, askJson } from "../owner/session";

export type Standing = "Off" | "NotListening" | "Asking" | "Open" | "DoubleNat" | "Direct" | "Refused" | "NoRouter";

/** The way from outside, for one family of addresses; times in ISO 8601. */
export interface ReachState {
  readonly family: string;
  readonly standing: Standing;
  readonly says: string;
  readonly toDo: string | null;
  readonly router: string | null;
  readonly language: string | null;
  readonly inside: string | null;
  readonly outside: string | null;
  readonly until: string | null;
}

/** What the owner said. */
export interface NetworkSettings {
  readonly reach: boolean;
  readonly port: number | null;
  readonly leaseSeconds: number | null;
  readonly name: string | null;
}

/** What `GET /v1/network` says. */
export interface Network {
  readonly listening: string;
  readonly says: string;
  readonly warnings: readonly string[];
  readonly settings: NetworkSettings;
  readonly advertised: { readonly is: boolean; readonly name: string; readonly says: string };
  readonly paths: readonly ReachState[];
  readonly interfaces: readonly { readonly name: string; readonly isUp: boolean; readonly addresses: readonly string[] }[];
}

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readNetwork(signal: AbortSignal): Promise<Network> {
  return askJson<Network>("/v1/network", signal);
}

/** Says what the owner wants from now on. */
export async function setNetwork(signal: AbortSignal, settings: NetworkSettings): Promise<void> {
  await ask("/v1/network", { method: "PUT", body: settings, signal });
}
