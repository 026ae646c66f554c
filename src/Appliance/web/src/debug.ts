import type Hls from "hls.js";
import type { Telemetry } from "./player/telemetry";

/** What `window.appliance` offers to tests and to people with a console. Read-only by intent; all of it is null or
 * empty while no player is open. Times are milliseconds of `performance.now()`, or lengths where the name says so. */
export interface DebugHook {
  /** The hls.js instance, null with native HLS. */
  hls: Hls | null;
  video: HTMLVideoElement | null;
  /** From opening the player to its first picture, null until then. */
  readonly timeToFirstFrameMs: number | null;
  /** The seeks of this player, the last fifty: target in seconds, length until its picture was shown. */
  readonly seeks: Telemetry["seeks"];
  /** The last segments loaded, newest last. */
  readonly segments: Telemetry["segments"];
  /** What happened, oldest first, the last three hundred. */
  readonly events: Telemetry["events"];
  /** Fatal errors that hls.js reported since the player was opened. */
  readonly fatalErrors: number;
}

let telemetry: Telemetry | null = null;

export const debugHook: DebugHook = {
  hls: null,
  video: null,
  get timeToFirstFrameMs() {
    return telemetry?.timeToFirstFrameMs ?? null;
  },
  get seeks() {
    return telemetry?.seeks ?? [];
  },
  get segments() {
    return telemetry?.segments ?? [];
  },
  get events() {
    return telemetry?.events ?? [];
  },
  get fatalErrors() {
    return telemetry?.fatalErrors ?? 0;
  },
};

export function watchWith(current: Telemetry | null, video: HTMLVideoElement | null, hls: Hls | null): void {
  telemetry = current;
  debugHook.video = video;
  debugHook.hls = hls;
}

declare global {
  interface Window {
    appliance: DebugHook;
  }
}

window.appliance = debugHook;
