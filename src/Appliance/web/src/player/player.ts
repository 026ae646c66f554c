import type { ErrorData } from "hls.js";
import { getSource, masterOf, stillOf, type SubtitleTrack } from "../api";
import { watchWith } from "../debug";
import { h } from "../dom";
import { rememberedSound, rememberSound } from "../storage";
import { strings } from "../strings";
import { placeToStart, savePlace } from "../watching/watching";
import { createControls } from "./controls";
import { createDetails } from "./details";
import { showElsewhere } from "./elsewhere";
import { canPlayPlainly, startEngine, startNative, type Engine } from "./engine";
import { errorPanel, explain } from "./errors";
import { hideWhenIdle } from "./idle";
import { listenToKeys } from "./keys";
import { tellSystem } from "./session";
import { Telemetry } from "./telemetry";
import { createTuning } from "./tuning";

/** How often the position is remembered while playing. */
const REMEMBER_MS = 5000;

/** A place that is this near to the one told last is not told again. */
const SAME_PLACE_SECONDS = 1;

/** Opens the player on a source, from `atSeconds` or from where watching stopped. Returns what closes it. */
export function openPlayer(root: HTMLElement, id: string, atSeconds: number | null): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  const video = h("video", { class: "player__video", playsinline: true, preload: "auto" });
  const telemetry = new Telemetry(video);
  const screen = h("main", { class: "player dark", "data-state": "loading" });
  const backdrop = h("img", { class: "player__backdrop", alt: "", src: stillOf(id, 640) });
  backdrop.addEventListener("error", () => backdrop.remove());

  let engine: Engine | null = null;
  let startedFrom = 0;
  const details = createDetails(video, telemetry, () => engine?.hls ?? null);
  const tuning = createTuning(id, video, signal);
  let burnt: string | null = null;
  let subtitles: readonly SubtitleTrack[] = [];
  const choose = (other: string | null): void => {
    burnt = other;
    restart();
  };
  const restart = (): void => start(video.readyState > 0 ? video.currentTime : startedFrom);
  let rememberedAt = -1;
  const remember = (): void => {
    const at = video.currentTime;
    if (video.readyState === 0 || !Number.isFinite(video.duration) || Math.abs(at - rememberedAt) < SAME_PLACE_SECONDS) return;
    rememberedAt = at;
    savePlace(id, at, video.duration);
  };
  const elsewhere = (): void => {
    video.pause();
    remember();
    void showElsewhere(id, video.readyState > 0 ? video.currentTime : startedFrom);
  };
  const playPlainly = (): boolean => {
    if (!canPlayPlainly(video)) return false;
    const at = video.readyState > 0 ? video.currentTime : startedFrom;
    engine?.destroy();
    engine = startNative(video, burnt ?? masterOf(id), at, fail);
    controls.follow(null);
    void video.play().catch(() => {});
    return true;
  };
  const controls = createControls({
    screen, video, hls: () => engine?.hls ?? null, burnt: () => ({ tracks: subtitles, current: burnt, choose }), details: details.toggle, tuning: tuning.toggle, restart, elsewhere, playPlainly, signal,
  });
  screen.append(backdrop, video, h("div", { class: "player__spinner", role: "status", "aria-label": strings.player.loading }), controls.element, details.element, tuning.element);
  root.append(screen);

  const sound = rememberedSound();
  video.volume = sound.volume;
  video.muted = sound.muted;
  followState(screen, video, signal);
  hideWhenIdle(screen, video, signal);
  listenToKeys({ screen, video, controls, details: details.toggle, tuning: tuning.toggle, signal });
  video.addEventListener("volumechange", () => rememberSound({ volume: video.volume, muted: video.muted }), { signal });

  const fail = (error: ErrorData | null): void => {
    const resumeAt = video.readyState > 0 ? video.currentTime : startedFrom;
    void explain(error).then((words) => {
      if (!signal.aborted) showFault(screen, words, () => start(resumeAt));
    });
  };
  const start = (from: number): void => {
    startedFrom = from;
    screen.querySelector(".fault")?.remove();
    engine?.destroy();
    screen.dataset["state"] = "loading";
    engine = startEngine(video, burnt ?? masterOf(id), from, fail);
    if (!engine) {
      showFault(screen, strings.errors.unsupported, null);
      return;
    }
    if (engine.hls) telemetry.follow(engine.hls);
    controls.follow(engine.hls);
    watchWith(telemetry, video, engine.hls);
    void playWithSoundIfAllowed(video);
  };
  if (atSeconds !== null) start(atSeconds);
  else void placeToStart(id, signal).then((place) => signal.aborted || start(place ?? 0));

  // The title is not worth waiting for: the picture is already on its way.
  getSource(id, signal).then((source) => {
    controls.setTitle(source.title);
    subtitles = source.subtitles ?? [];
    controls.useThumbnails(source.thumbnails ?? null);
    document.title = `${source.title} – ${strings.product}`;
    tellSystem(id, source.title, video, signal);
  }).catch(() => {});

  const timer = setInterval(remember, REMEMBER_MS);
  for (const name of ["pause", "seeked", "ended"]) video.addEventListener(name, remember, { signal });
  addEventListener("pagehide", remember, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && remember(), { signal });

  return () => {
    remember();
    clearInterval(timer);
    closing.abort();
    details.stop();
    telemetry.stop();
    engine?.destroy();
    watchWith(null, null, null);
    if (document.fullscreenElement) void document.exitFullscreen();
  };
}

/** Browsers may forbid sound before the first key or tap: the picture then starts silent and the sound follows. */
async function playWithSoundIfAllowed(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "NotAllowedError") {
      return;
    }
    const wasMuted = video.muted;
    video.muted = true;
    await video.play().catch(() => {});
    const unmute = (): void => {
      video.muted = wasMuted;
      removeEventListener("pointerdown", unmute);
      removeEventListener("keydown", unmute);
    };
    addEventListener("pointerdown", unmute);
    addEventListener("keydown", unmute);
  }
}

/** Keeps `data-state` true to the video: loading (nothing shown yet), playing, paused, waiting or ended. */
function followState(screen: HTMLElement, video: HTMLVideoElement, signal: AbortSignal): void {
  const states: Readonly<Record<string, string>> = {
    playing: "playing",
    pause: "paused",
    waiting: "waiting",
    seeking: "waiting",
    ended: "ended",
  };
  for (const [event, state] of Object.entries(states)) {
    video.addEventListener(event, () => (screen.dataset["state"] = state), { signal });
  }
  video.addEventListener("seeked", () => (screen.dataset["state"] = video.paused ? "paused" : "playing"), { signal });
  video.addEventListener("loadeddata", () => (screen.dataset["picture"] = "shown"), { signal });
}

function showFault(screen: HTMLElement, words: string, retry: (() => void) | null): void {
  screen.dataset["state"] = "fault";
  screen.querySelector(".fault")?.remove();
  const panel = errorPanel(words, retry);
  screen.append(panel);
  panel.querySelector("button")?.focus();
}

