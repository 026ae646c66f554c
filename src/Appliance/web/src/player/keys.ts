import { isTyping } from "../dom";
import { leavePlayer } from "../router";
import type { Controls } from "./controls";

const STEP_SECONDS = 10;
const PAGE_SECONDS = 60;
const VOLUME_STEP = 0.1;
const MIN_SPEED = 0.25;
const MAX_SPEED = 3;

export interface KeyParts {
  readonly screen: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly controls: Controls;
  readonly details: () => void;
  readonly tuning: () => void;
  readonly signal: AbortSignal;
}

/** The keyboard and the remote control. Left and right seek unless a button has the focus, where they go to the next
 * button, as on a television; up and down go between the bar and the buttons. */
export function listenToKeys({ screen, video, controls, details, tuning, signal }: KeyParts): void {
  const seek = (seconds: number): void => {
    if (Number.isFinite(video.duration)) {
      video.currentTime = Math.min(Math.max(0, seconds), Math.max(0, video.duration - 0.1));
    }
  };
  const commands: Readonly<Record<string, () => void>> = {
    " ": controls.togglePlay,
    k: controls.togglePlay,
    MediaPlayPause: controls.togglePlay,
    f: controls.toggleFullscreen,
    p: controls.toggleInset,
    c: controls.toggleSubtitles,
    m: controls.toggleMute,
    i: details,
    t: tuning,
    j: () => controls.seekBy(-STEP_SECONDS),
    l: () => controls.seekBy(STEP_SECONDS),
    PageUp: () => controls.seekBy(PAGE_SECONDS),
    PageDown: () => controls.seekBy(-PAGE_SECONDS),
    MediaRewind: () => controls.seekBy(-STEP_SECONDS),
    MediaFastForward: () => controls.seekBy(STEP_SECONDS),
    Home: () => seek(0),
    End: () => seek(video.duration),
    "+": () => setVolume(video, video.volume + VOLUME_STEP),
    "=": () => setVolume(video, video.volume + VOLUME_STEP),
    "-": () => setVolume(video, video.volume - VOLUME_STEP),
    ">": () => (video.playbackRate = Math.min(MAX_SPEED, video.playbackRate + 0.25)),
    "<": () => (video.playbackRate = Math.max(MIN_SPEED, video.playbackRate - 0.25)),
    GoBack: leavePlayer,
    Escape: () => {
      // A browser leaves full screen by itself on this key.
      if (!controls.closeMenu() && !document.fullscreenElement) leavePlayer();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    const onButton = event.target instanceof HTMLButtonElement;
    if (moveFocus(screen, event) || (onButton && (event.key === "Enter" || event.key === " "))) {
      return;
    }
    const command =
      event.key === "ArrowLeft" ? commands["j"]
      : event.key === "ArrowRight" ? commands["l"]
      : event.key === "Enter" ? controls.togglePlay
      : /^[0-9]$/.test(event.key) ? () => seek((video.duration * Number(event.key)) / 10)
      : (commands[event.key] ?? commands[event.key.toLowerCase()]);
    if (command) {
      event.preventDefault();
      command();
    }
  }, { signal });
}

/** Takes the arrows that move the focus; false for those that mean something else here. */
function moveFocus(screen: HTMLElement, event: KeyboardEvent): boolean {
  const rows = [".controls__top", ".scrub", ".controls__row"].map((row) => focusable(screen, row));
  const at = rows.findIndex((row) => row.includes(document.activeElement as HTMLElement));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = at < 0 ? (event.key === "ArrowDown" ? 2 : 1) : at + (event.key === "ArrowDown" ? 1 : -1);
    rows[Math.min(rows.length - 1, Math.max(0, next))]?.[0]?.focus();
    event.preventDefault();
    return true;
  }
  const row = rows[at];
  if (at === 1 || !row || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) {
    return false;
  }
  const place = row.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowRight" ? 1 : -1);
  row[Math.min(row.length - 1, Math.max(0, place))]?.focus();
  event.preventDefault();
  return true;
}

function focusable(screen: HTMLElement, selector: string): HTMLElement[] {
  const root = screen.querySelector<HTMLElement>(selector);
  if (!root) {
    return [];
  }
  const inside = [...root.querySelectorAll<HTMLElement>("button, input")].filter((one) => one.offsetParent !== null);
  return root.tabIndex >= 0 ? [root, ...inside] : inside;
}

function setVolume(video: HTMLVideoElement, volume: number): void {
  video.volume = Math.min(1, Math.max(0, volume));
  video.muted = video.volume === 0;
}
