import { strings } from "../strings";
import { button } from "./button";

/** What Safari calls it. */
interface OlderVideo extends HTMLVideoElement {
  webkitShowPlaybackTargetPicker?: () => void;
}

/** The button that has another device play what is played here, as the browser offers it (AirPlay, Remote Playback). Hidden until there is one.
 * @param playPlainly plays by an address that the other device can read itself: what a script feeds to the video, it cannot. False where this browser cannot either. */
export function createRemote(video: HTMLVideoElement, playPlainly: () => boolean, signal: AbortSignal): HTMLButtonElement {
  const older = video as OlderVideo;
  const element = button("remote", strings.player.remote, () => {
    if (!playPlainly()) return;
    if (older.webkitShowPlaybackTargetPicker) older.webkitShowPlaybackTargetPicker();
    else void video.remote.prompt().catch(() => {});
  });
  element.hidden = true;
  if (older.webkitShowPlaybackTargetPicker) {
    video.addEventListener("webkitplaybacktargetavailabilitychanged", (event) => {
      element.hidden = (event as Event & { availability?: string }).availability !== "available";
    }, { signal });
  } else if ("remote" in video) {
    // Refused where the browser cannot watch for devices; then there is no button.
    video.remote.watchAvailability((isThere) => (element.hidden = !isThere)).catch(() => {});
    signal.addEventListener("abort", () => void video.remote.cancelWatchAvailability().catch(() => {}));
  }
  return element;
}
