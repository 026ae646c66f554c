import { box, said, type Schemas } from "../client";

export type Verdict = Schemas["PathVerdict"];

/** One way to code pictures that libav has on the box. */
export type CodingPath = Readonly<Schemas["CodingPath"]>;

/** What came of trying it. */
export type PathAnswer = Readonly<Schemas["PathAnswer"]>;

/** What `GET /v1/hardware` says. */
export type Hardware = Readonly<Schemas["HardwareResponse"]>;

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readHardware(signal: AbortSignal): Promise<Hardware> {
  return said(box.GET("/v1/hardware", { signal }));
}

/** Has the box try what it does not know, or all of it. */
export async function startProbe(signal: AbortSignal, again: boolean): Promise<void> {
  await box.POST("/v1/hardware/probe", { params: { query: { again } }, signal });
}
