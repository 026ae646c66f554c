/** How long the controls stay after the last movement while a picture plays. */
const IDLE_MS = 3000;

/** Sets `data-idle` on the player while it plays and nobody touches anything. A mouse at rest on the bar is looking for
 * a place, or waits for its small picture; a finger that left it still counts as hovering, and does not. */
export function hideWhenIdle(screen: HTMLElement, video: HTMLVideoElement, signal: AbortSignal): void {
  let timer = 0;
  const wake = (): void => {
    delete screen.dataset["idle"];
    clearTimeout(timer);
    timer = window.setTimeout(sleep, IDLE_MS);
  };
  const sleep = (): void => {
    const busy = video.paused || screen.querySelector(".menu:not([hidden])") !== null || isPointedAt(screen.querySelector(".scrub"));
    if (!busy && !signal.aborted) {
      screen.dataset["idle"] = "";
    }
  };
  for (const name of ["pointermove", "pointerdown", "keydown", "focusin"]) {
    screen.ownerDocument.addEventListener(name, wake, { signal });
  }
  video.addEventListener("pause", wake, { signal });
  video.addEventListener("playing", wake, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  wake();
}

function isPointedAt(bar: Element | null): boolean {
  return matchMedia("(hover: hover)").matches && (bar?.matches(":hover") ?? false);
}
