import { box, said, type Schemas } from "../client";

export type Standing = Schemas["ReachStanding"];

/** The way from outside, for one family of addresses; times in ISO 8601. */
export type ReachState = Readonly<Schemas["ReachState"]>;

/** What the owner said. */
export type NetworkSettings = Readonly<Schemas["NetworkSettings"]>;

/** What `GET /v1/network` says. */
export type Network = Readonly<Schemas["NetworkResponse"]>;

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readNetwork(signal: AbortSignal): Promise<Network> {
  return said(box.GET("/v1/network", { signal }));
}

/** Says what the owner wants from now on. */
export async function setNetwork(signal: AbortSignal, settings: NetworkSettings): Promise<void> {
  await box.PUT("/v1/network", { body: settings, signal });
}
