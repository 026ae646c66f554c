import type { Thumbnails } from "../api";
import { h } from "../dom";
import { clock } from "../format";
import { strings } from "../strings";
import { createPreview } from "./preview";

export interface Scrubber {
  readonly element: HTMLElement;
  /** The words beside the buttons: where we are, of how long. */
  readonly time: HTMLElement;
  /** Where the small pictures come from; without any there is only the time. */
  useThumbnails(thumbnails: Thumbnails | null): void;
}

/** The bar: played, buffered, and under the pointer the time and a small picture. Dragging only looks; letting go
 * seeks, so that the box is asked once. */
export function createScrubber(video: HTMLVideoElement, signal: AbortSignal): Scrubber {
  const buffered = h("div", { class: "scrub__buffered" });
  const played = h("div", { class: "scrub__played" });
  const knob = h("div", { class: "scrub__knob" });
  const tip = createTip();
  const element = h(
    "div",
    { class: "scrub", role: "slider", tabindex: 0, "aria-label": strings.player.seek, "aria-valuemin": 0 },
    h("div", { class: "scrub__track" }, buffered, played),
    knob,
    tip.element,
  );
  const time = h("div", { class: "time" });
  let dragging: number | null = null;

  const duration = (): number => (Number.isFinite(video.duration) ? video.duration : 0);
  const secondsAt = (event: PointerEvent): number => {
    const box = element.getBoundingClientRect();
    return duration() * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const show = (): void => {
    const at = dragging ?? video.currentTime;
    const of = duration();
    const share = of > 0 ? at / of : 0;
    played.style.transform = `scaleX(${share})`;
    knob.style.left = `${share * 100}%`;
    time.replaceChildren(clock(at), h("span", { class: "time__of" }, ` / ${clock(of)}`));
    element.setAttribute("aria-valuemax", String(Math.round(of)));
    element.setAttribute("aria-valuenow", String(Math.round(at)));
    element.setAttribute("aria-valuetext", strings.player.position(clock(at), clock(of)));
  };
  const showBuffered = (): void => {
    const ranges: HTMLElement[] = [];
    for (let i = 0; i < video.buffered.length && duration() > 0; i++) {
      const range = h("div", { class: "scrub__range" });
      range.style.left = `${(100 * video.buffered.start(i)) / duration()}%`;
      range.style.width = `${(100 * (video.buffered.end(i) - video.buffered.start(i))) / duration()}%`;
      ranges.push(range);
    }
    buffered.replaceChildren(...ranges);
  };

  for (const name of ["timeupdate", "durationchange", "seeking"]) video.addEventListener(name, show, { signal });
  for (const name of ["progress", "timeupdate", "seeked"]) video.addEventListener(name, showBuffered, { signal });
  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    dragging = secondsAt(event);
    tip.show(dragging, duration());
    show();
  });
  element.addEventListener("pointermove", (event) => {
    const at = secondsAt(event);
    tip.show(at, duration());
    if (dragging !== null) {
      dragging = at;
      show();
    }
  });
  element.addEventListener("pointerup", () => {
    if (dragging !== null) video.currentTime = dragging;
    dragging = null;
  });
  element.addEventListener("pointercancel", () => (dragging = null));
  element.addEventListener("pointerleave", tip.hide);
  signal.addEventListener("abort", tip.hide);
  show();
  return { element, time, useThumbnails: tip.useThumbnails };
}

interface Tip {
  readonly element: HTMLElement;
  useThumbnails(thumbnails: Thumbnails | null): void;
  show(at: number, of: number): void;
  hide(): void;
}

function createTip(): Tip {
  const preview = createPreview();
  const words = h("div", { class: "tip__time" });
  const element = h("div", { class: "tip", hidden: true }, preview.element, words);
  return {
    element,
    useThumbnails: preview.use,
    show(at, of): void {
      element.hidden = of <= 0;
      // Kept inside the bar by half its own width.
      const half = 5.5;
      element.style.left = `clamp(${half}rem, ${of > 0 ? (100 * at) / of : 0}%, calc(100% - ${half}rem))`;
      words.textContent = clock(at);
      preview.show(at);
    },
    hide(): void {
      element.hidden = true;
      preview.hide();
    },
  };
}
