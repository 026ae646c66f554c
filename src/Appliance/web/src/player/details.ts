import type Hls from "hls.js";
import { h } from "../dom";
import { rate, sizeName } from "../format";
import { strings } from "../strings";
import type { Telemetry } from "./telemetry";

const REFRESH_MS = 500;
const BARS = 24;

export interface Details {
  readonly element: HTMLElement;
  toggle(): void;
  stop(): void;
}

/** The overlay that says what is going on, for people who like to know. */
export function createDetails(video: HTMLVideoElement, telemetry: Telemetry, current: () => Hls | null): Details {
  const list = h("dl", { class: "details__list" });
  const bars = h("div", { class: "details__bars", role: "img", "aria-label": strings.details.segmentTimes });
  const element = h("aside", { class: "details", "aria-label": strings.player.details, hidden: true }, list, bars);
  let timer = 0;

  const refresh = (): void => {
    list.replaceChildren(
      ...facts(video, telemetry, current()).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    );
    bars.replaceChildren(...drawBars(telemetry));
  };
  const stop = (): void => clearInterval(timer);
  return {
    element,
    toggle(): void {
      element.hidden = !element.hidden;
      stop();
      if (!element.hidden) {
        refresh();
        timer = window.setInterval(refresh, REFRESH_MS);
      }
    },
    stop,
  };
}

function facts(video: HTMLVideoElement, telemetry: Telemetry, hls: Hls | null): [string, string][] {
  const words = strings.details;
  const level = hls?.levels[hls.currentLevel];
  const quality = video.getVideoPlaybackQuality();
  const segment = telemetry.segments.findLast((one) => one.kind === "main");
  const seek = telemetry.seeks.at(-1);
  const milliseconds = (value: number | null | undefined): string => (value == null ? words.none : `${value} ms`);
  return [
    [words.rung, level ? `${sizeName(level.width, level.height)}, ${rate(level.bitrate)}` : hls ? words.none : words.native],
    [words.picture, video.videoWidth > 0 ? `${video.videoWidth} × ${video.videoHeight}` : words.none],
    [words.buffer, `${bufferAhead(video).toFixed(1)} s`],
    [words.bandwidth, hls && Number.isFinite(hls.bandwidthEstimate) ? rate(hls.bandwidthEstimate) : words.none],
    [words.dropped, words.ofFrames(quality.droppedVideoFrames, quality.totalVideoFrames)],
    [words.firstFrame, milliseconds(telemetry.timeToFirstFrameMs)],
    [words.lastSeek, milliseconds(seek?.tookMs)],
    [words.segment, segment ? words.segmentLine(segment.firstByteMs, segment.wholeMs, Math.round(segment.bytes / 1000)) : words.none],
    [words.server, segment?.serverTiming ?? words.none],
  ];
}

/** One bar a segment: the whole height is its load time, the bright part the wait for its first byte. */
function drawBars(telemetry: Telemetry): HTMLElement[] {
  const recent = telemetry.segments.filter((one) => one.kind === "main").slice(-BARS);
  const most = Math.max(1, ...recent.map((one) => one.wholeMs));
  return recent.map((one) => {
    const bar = h("div", { class: "details__bar" }, h("div", { class: "details__wait" }));
    bar.style.height = `${Math.max(6, (100 * one.wholeMs) / most)}%`;
    (bar.firstElementChild as HTMLElement).style.height = `${(100 * one.firstByteMs) / Math.max(1, one.wholeMs)}%`;
    return bar;
  });
}

function bufferAhead(video: HTMLVideoElement): number {
  for (let i = 0; i < video.buffered.length; i++) {
    if (video.buffered.start(i) <= video.currentTime + 0.1 && video.currentTime < video.buffered.end(i)) {
      return video.buffered.end(i) - video.currentTime;
    }
  }
  return 0;
}
