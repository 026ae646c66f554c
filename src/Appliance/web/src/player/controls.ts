import type Hls from "hls.js";
import type { Thumbnails } from "../api";
import { h } from "../dom";
import { leavePlayer } from "../router";
import { strings } from "../strings";
import { button, relabel } from "./button";
import { listenToGestures } from "./gestures";
import { createInset } from "./inset";
import { createRemote } from "./remote";
import { createScrubber } from "./scrubber";
import { createSettings } from "./settings";
import { toggleSubtitles, type BurntChoice } from "./tracks";

export interface ControlsParts {
  readonly screen: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly hls: () => Hls | null;
  readonly burnt: () => BurntChoice;
  readonly details: () => void;
  readonly tuning: () => void;
  /** Shows how it goes on on another screen. */
  readonly elsewhere: () => void;
  /** Plays by an address that another device can read; false where this browser cannot. */
  readonly playPlainly: () => boolean;
  /** Begins again at the same place. */
  readonly restart: () => void;
  readonly signal: AbortSignal;
}

export interface Controls {
  readonly element: HTMLElement;
  setTitle(title: string): void;
  useThumbnails(thumbnails: Thumbnails | null): void;
  /** A new engine: its rungs fill the quality menu. */
  follow(hls: Hls | null): void;
  togglePlay(): void;
  toggleMute(): void;
  toggleFullscreen(): void;
  toggleInset(): void;
  toggleSubtitles(): void;
  seekBy(seconds: number): void;
  /** Closes an open menu; false where none was open. */
  closeMenu(): boolean;
}

/** Everything over the picture: title, scrub bar, buttons. */
export function createControls(parts: ControlsParts): Controls {
  const { screen, video, signal } = parts;
  const title = h("h1", { class: "player__title" });
  const play = button("play", strings.player.play, togglePlay);
  const middle = button("play", strings.player.play, togglePlay);
  const mute = button("volume", strings.player.mute, toggleMute);
  const volume = h("input", { class: "volume", type: "range", min: 0, max: 1, step: 0.05, "aria-label": strings.player.volume });
  const full = button("fullscreen", strings.player.fullscreen, toggleFullscreen);
  const settings = createSettings(video, parts.hls, parts.burnt, parts.restart, signal);
  const scrubber = createScrubber(video, signal);

  function togglePlay(): void {
    if (video.paused) void video.play().catch(() => {});
    else video.pause();
  }
  function toggleMute(): void {
    video.muted = !video.muted;
  }
  function toggleFullscreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if ("requestFullscreen" in screen) void screen.requestFullscreen().catch(() => {});
    // A phone that lets only the video itself fill its screen.
    else (video as HTMLVideoElement & { webkitEnterFullscreen?: () => void }).webkitEnterFullscreen?.();
  }

  const showPlaying = (): void => {
    for (const one of [play, middle]) relabel(one, video.paused ? "play" : "pause", video.paused ? strings.player.play : strings.player.pause);
  };
  const showVolume = (): void => {
    const silent = video.muted || video.volume === 0;
    relabel(mute, silent ? "muted" : "volume", silent ? strings.player.unmute : strings.player.mute);
    volume.value = String(video.muted ? 0 : video.volume);
    volume.style.setProperty("--filled", `${(video.muted ? 0 : video.volume) * 100}%`);
  };
  for (const name of ["play", "pause", "ended"]) video.addEventListener(name, showPlaying, { signal });
  video.addEventListener("volumechange", showVolume, { signal });
  volume.addEventListener("input", () => {
    video.volume = Number(volume.value);
    video.muted = video.volume === 0;
  });
  document.addEventListener("fullscreenchange", () => {
    const inside = document.fullscreenElement !== null;
    relabel(full, inside ? "exitFullscreen" : "fullscreen", inside ? strings.player.exitFullscreen : strings.player.fullscreen);
  }, { signal });
  const inset = createInset(video, signal);
  const seekBy = (seconds: number): void => {
    if (Number.isFinite(video.duration)) video.currentTime = Math.min(Math.max(0, video.currentTime + seconds), Math.max(0, video.duration - 0.1));
  };
  const said = listenToGestures({ screen, video, togglePlay, toggleFullscreen, closeMenu: settings.close, seekBy, signal });
  showVolume();

  const element = h(
    "div",
    { class: "controls" },
    h(
      "div",
      { class: "controls__top" },
      button("back", strings.player.back, leavePlayer),
      title,
      h("div", { class: "controls__gap" }),
      createRemote(video, parts.playPlainly, signal),
      button("television", strings.player.elsewhere, parts.elsewhere),
    ),
    said,
    h("div", { class: "controls__middle" }, button("earlier", strings.player.earlier, () => seekBy(-10)), middle, button("later", strings.player.later, () => seekBy(10))),
    h(
      "div",
      { class: "controls__bottom" },
      scrubber.element,
      h(
        "div",
        { class: "controls__row" },
        play,
        h("div", { class: "controls__sound" }, mute, volume),
        scrubber.time,
        h("div", { class: "controls__gap" }),
        settings.now,
        button("tuning", strings.player.tuning, parts.tuning),
        button("details", strings.player.details, parts.details),
        settings.element,
        inset?.element ?? null,
        full,
      ),
    ),
  );
  return {
    element,
    setTitle: (words) => (title.textContent = words),
    useThumbnails: scrubber.useThumbnails,
    follow: settings.follow,
    togglePlay,
    toggleMute,
    toggleFullscreen,
    toggleInset: () => inset?.toggle(),
    toggleSubtitles: () => {
      const hls = parts.hls();
      if (hls) toggleSubtitles(hls);
    },
    seekBy,
    closeMenu: settings.close,
  };
}
