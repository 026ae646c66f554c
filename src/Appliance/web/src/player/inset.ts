import { strings } from "../strings";
import { button } from "./button";

/** What Safari calls it, before it took the standard's names. */
interface OlderVideo extends HTMLVideoElement {
  webkitSupportsPresentationMode?: (mode: string) => boolean;
  webkitSetPresentationMode?: (mode: string) => void;
  readonly webkitPresentationMode?: string;
}

/** Picture in picture: null where the browser has none. */
export interface Inset {
  readonly element: HTMLButtonElement;
  toggle(): void;
}

export function createInset(video: HTMLVideoElement, signal: AbortSignal): Inset | null {
  const older = video as OlderVideo;
  const isStandard = document.pictureInPictureEnabled === true;
  if (!isStandard && older.webkitSupportsPresentationMode?.("picture-in-picture") !== true) return null;
  const isInside = (): boolean => (isStandard ? document.pictureInPictureElement === video : older.webkitPresentationMode === "picture-in-picture");
  const toggle = (): void => {
    if (!isStandard) older.webkitSetPresentationMode?.(isInside() ? "inline" : "picture-in-picture");
    else if (isInside()) void document.exitPictureInPicture().catch(() => {});
    else void video.requestPictureInPicture().catch(() => {});
  };
  const element = button("inset", strings.player.inset, toggle);
  const show = (): void => element.setAttribute("aria-pressed", String(isInside()));
  for (const name of ["enterpictureinpicture", "leavepictureinpicture", "webkitpresentationmodechanged"]) video.addEventListener(name, show, { signal });
  signal.addEventListener("abort", () => {
    if (isInside()) toggle();
  });
  show();
  return { element, toggle };
}
