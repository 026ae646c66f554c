import Hls, { type HlsConfig } from "hls.js";

type GapController = NonNullable<HlsConfig["gapController"]>;

/** Longest hole in the buffer that is stepped over at once: what rounding and sound that floats by a frame leave. */
const SMALL_HOLE_SECONDS = 0.5;

/** How long a larger hole may take to be filled before hls.js may step over it: far longer than a segment takes to make on
 * any box that can play at all, so that only what cannot be had is skipped. */
const PATIENCE_MS = 10_000;

/** The part of hls.js that steps over holes, made patient. Left alone it leaps up to 2 s forward, as soon as it looks, when
 * a seek lands shortly before a range that is already buffered: it takes the segment that was not asked for yet for one
 * that cannot be had. A viewer asked for that place; it is loaded, not left out.
 * @param video What is being played. */
export function patientGaps(video: HTMLVideoElement): GapController {
  return class extends (Hls.DefaultConfig.gapController as GapController) {
    private heldAt = Number.NaN;
    private heldSince = 0;

    override poll(currentTime: number, lastCurrentTime: number): void {
      if (!this.isWorthWaiting(currentTime)) {
        super.poll(currentTime, lastCurrentTime);
      }
    }

    private isWorthWaiting(currentTime: number): boolean {
      if (holeAhead(video.buffered, currentTime) <= SMALL_HOLE_SECONDS) {
        this.heldAt = Number.NaN;
        return false;
      }
      if (this.heldAt !== currentTime) {
        this.heldAt = currentTime;
        this.heldSince = performance.now();
      }
      return performance.now() - this.heldSince < PATIENCE_MS;
    }
  };
}

/** @returns Seconds from `at` to the next buffered range; 0 where it is buffered or nothing follows. */
function holeAhead(buffered: TimeRanges, at: number): number {
  for (let range = 0; range < buffered.length; range++) {
    if (buffered.end(range) > at) {
      return Math.max(0, buffered.start(range) - at);
    }
  }
  return 0;
}
