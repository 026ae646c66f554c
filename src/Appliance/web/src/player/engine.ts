import Hls, { Events, type ErrorData, type HlsConfig } from "hls.js";
import { rememberBandwidth, rememberedBandwidth } from "../storage";
import { BoxLevels } from "./box-levels";
import { chunkLoader } from "./chunk-loader";
import { CleanAborts } from "./clean-aborts";
import { patientGaps } from "./patient-gaps";
import { keepChosenSound, trackPreferences } from "./tracks";

/** Assumed until something was measured: enough for a 480p start, which a cold box encodes in no time. */
const FIRST_BANDWIDTH_BITS_PER_SECOND = 2_500_000;

/** Seconds ahead of the picture at which no more is asked for; with the segment then under way it comes to 30. More
 * would have the box encode what may never be watched. */
const MAX_AHEAD_SECONDS = 28;

/** A busy box answers late rather than never, and who gives up and asks again waits behind all others: what hls.js takes for a
 * hang, ten seconds, is none here. */
const FIRST_BYTE_PATIENCE_MS = 60_000;

/** A rung that was refused is not chosen for so long: as long as the box asks to wait at the most. */
const REFUSAL_MS = 30_000;

export interface Engine {
  /** Null where the browser plays HLS by itself. */
  readonly hls: Hls | null;
  destroy(): void;
}

/** Begins to play `master` at `startSeconds`. Returns null where the browser can do neither hls.js nor HLS.
 * Errors that cannot be played through reach `onFatal`. */
export function startEngine(
  video: HTMLVideoElement,
  master: string,
  startSeconds: number,
  onFatal: (error: ErrorData | null) => void,
): Engine | null {
  // hls.js first: Chrome says "maybe" to canPlayType for HLS and then cannot.
  if (Hls.isSupported()) {
    return startHls(video, master, startSeconds, onFatal);
  }
  if (!canPlayPlainly(video)) {
    return null;
  }
  return startNative(video, master, startSeconds, onFatal);
}

function hlsConfig(video: HTMLVideoElement, startSeconds: number, player: () => Hls): Partial<HlsConfig> {
  // `?progressive=off` in the address switches to whole segments, to compare the two.
  const progressive = new URLSearchParams(location.search).get("progressive") !== "off";
  return {
    progressive,
    ...(progressive ? { fLoader: chunkLoader(() => player().levels) as HlsConfig["fLoader"] & {} } : {}),
    streamController: CleanAborts,
    gapController: patientGaps(video),
    // Segments pass through as fragmented MP4: there is nothing to remux that would earn a worker's start.
    enableWorker: false,
    startPosition: startSeconds,
    // The lowest rung as a bandwidth test would be a picture thrown away.
    testBandwidth: false,
    startFragPrefetch: true,
    abrEwmaDefaultEstimate: rememberedBandwidth() ?? FIRST_BANDWIDTH_BITS_PER_SECOND,
    capLevelToPlayerSize: true,
    capLevelController: BoxLevels,
    // A busy box refuses its higher rungs (429), and a lower one is asked for; after a while the higher may be tried again.
    errorPenaltyExpireMs: REFUSAL_MS,
    fragLoadPolicy: {
      default: { ...Hls.DefaultConfig.fragLoadPolicy.default, maxTimeToFirstByteMs: FIRST_BYTE_PATIENCE_MS },
    },
    maxBufferLength: MAX_AHEAD_SECONDS,
    maxMaxBufferLength: MAX_AHEAD_SECONDS,
    backBufferLength: 60,
    maxStarvationDelay: 2,
    maxLoadingDelay: 2,
    enableInterstitialPlayback: false,
    ...trackPreferences(),
    // CTA-5004 in headers, so that a segment has one address whoever asks for it.
    cmcd: { useHeaders: true },
  };
}

function startHls(
  video: HTMLVideoElement,
  master: string,
  startSeconds: number,
  onFatal: (error: ErrorData) => void,
): Engine {
  const hls: Hls = new Hls(hlsConfig(video, startSeconds, () => hls));
  let recovered = false;
  hls.on(Events.ERROR, (_, data) => {
    if (!data.fatal) {
      return;
    }
    // One decoder reset mends most media errors; a second one in the same film does not.
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !recovered) {
      recovered = true;
      hls.recoverMediaError();
      return;
    }
    onFatal(data);
  });
  hls.on(Events.MANIFEST_PARSED, () => keepChosenSound(hls));
  hls.loadSource(master);
  hls.attachMedia(video);
  return {
    hls,
    destroy(): void {
      if (Number.isFinite(hls.bandwidthEstimate)) {
        rememberBandwidth(hls.bandwidthEstimate);
      }
      hls.destroy();
    },
  };
}

/** Whether the browser says that it plays HLS by itself. */
export function canPlayPlainly(video: HTMLVideoElement): boolean {
  return video.canPlayType("application/vnd.apple.mpegurl") !== "";
}

/** Begins to play `master` by the browser's own means. */
export function startNative(
  video: HTMLVideoElement,
  master: string,
  startSeconds: number,
  onFatal: (error: null) => void,
): Engine {
  const listening = new AbortController();
  const { signal } = listening;
  video.addEventListener("loadedmetadata", () => (video.currentTime = startSeconds), { once: true, signal });
  video.addEventListener("error", () => onFatal(null), { signal });
  video.src = master;
  return {
    hls: null,
    destroy(): void {
      listening.abort();
      video.removeAttribute("src");
      video.load();
    },
  };
}
