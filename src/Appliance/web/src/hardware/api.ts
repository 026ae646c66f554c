import { ask, askJson } from "../owner/session";

export type Verdict = "Works" | "Fails" | "WrongPictures" | "BreaksPromise" | "Crashed" | "Hung" | "Lied" | "Quarantined" | "Off" | "NotTried";

/** One way to code pictures that libav has on the box. */
export interface CodingPath {
  readonly direction: "Encode" | "Decode";
  readonly format: string;
  readonly bitDepth: number;
  readonly api: string;
  readonly codec: string;
  readonly device: string | null;
}

/** What came of trying it. */
export interface PathAnswer {
  readonly path: CodingPath;
  readonly verdict: Verdict;
  readonly standing: string;
  readonly reason: string;
  readonly figures: { readonly framesPerSecond: number; readonly sessions: number; readonly firstFrameMicroseconds: number; readonly watts: number | null } | null;
}

/** What `GET /v1/hardware` says. */
export interface Hardware {
  readonly box: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMebibytes: number;
    readonly kernel: string;
    readonly graphics: readonly { readonly pciId: string; readonly driver: string | null }[];
    readonly libraries: string;
  };
  readonly profile: {
    readonly name: string;
    readonly description: string;
    readonly because: string;
    readonly figures: readonly { readonly name: string; readonly value: string; readonly unit: string; readonly standing: string; readonly source: string }[];
    readonly quirks: readonly { readonly name: string; readonly text: string; readonly standing: string; readonly source: string }[];
  } | null;
  readonly power: string | null;
  readonly current: { readonly path: CodingPath; readonly step: string } | null;
  readonly paths: readonly PathAnswer[];
}

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readHardware(signal: AbortSignal): Promise<Hardware> {
  return askJson<Hardware>("/v1/hardware", signal);
}

/** Has the box try what it does not know, or all of it. */
export async function startProbe(signal: AbortSignal, again: boolean): Promise<void> {
  await ask(`/v1/hardware/probe?again=${again}`, { method: "POST", signal });
}
