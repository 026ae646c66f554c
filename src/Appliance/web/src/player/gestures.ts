import { h } from "../dom";
import { strings } from "../strings";

/** Two taps within this are one double tap. */
const DOUBLE_TAP_MS = 300;

const SKIP_SECONDS = 10;

/** How long it is said what a double tap did. */
const SAID_MS = 650;

/** Shares of the picture at its left and right that skip. */
const SIDE = 0.4;

export interface GestureParts {
  readonly screen: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly togglePlay: () => void;
  readonly toggleFullscreen: () => void;
  /** Closes an open menu; false where none was open. */
  readonly closeMenu: () => boolean;
  readonly seekBy: (seconds: number) => void;
  readonly signal: AbortSignal;
}

/** What pressing the picture does. A mouse plays and pauses, twice for the full screen; a finger shows and hides the controls, and twice at a side skips, each further tap again. */
export function listenToGestures({ screen, video, togglePlay, toggleFullscreen, closeMenu, seekBy, signal }: GestureParts): HTMLElement {
  const said = h("div", { class: "skipped", "aria-hidden": "true", hidden: true });
  let byFinger = false;
  let wasIdle = false;
  let lastTap = 0;
  let skipped = 0;
  let hiding = 0;
  let saying = 0;

  const skip = (side: -1 | 1): void => {
    // Another direction begins to count anew.
    skipped = Math.sign(skipped) === side ? skipped + side * SKIP_SECONDS : side * SKIP_SECONDS;
    seekBy(side * SKIP_SECONDS);
    said.dataset["side"] = side < 0 ? "left" : "right";
    said.textContent = strings.player.skipped(skipped);
    said.hidden = false;
    clearTimeout(saying);
    saying = window.setTimeout(() => {
      said.hidden = true;
      skipped = 0;
    }, SAID_MS);
  };
  const tap = (event: MouseEvent): void => {
    const box = video.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const side = share < SIDE ? -1 : share > 1 - SIDE ? 1 : 0;
    const isDouble = event.timeStamp - lastTap < DOUBLE_TAP_MS || (skipped !== 0 && side !== 0);
    lastTap = event.timeStamp;
    clearTimeout(hiding);
    if (isDouble) {
      if (side === 0) togglePlay();
      else skip(side);
    } else if (!wasIdle && !video.paused) {
      hiding = window.setTimeout(() => (screen.dataset["idle"] = ""), DOUBLE_TAP_MS);
    }
  };

  // Before the document hears of it, and shows the controls.
  video.addEventListener("pointerdown", (event) => {
    byFinger = event.pointerType === "touch";
    wasIdle = "idle" in screen.dataset;
  }, { signal });
  video.addEventListener("click", (event) => {
    if (closeMenu()) return;
    if (byFinger) tap(event);
    else togglePlay();
  }, { signal });
  video.addEventListener("dblclick", () => {
    if (!byFinger) toggleFullscreen();
  }, { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(hiding);
    clearTimeout(saying);
  });
  return said;
}
