import { stillOf } from "../api";

const SKIP_SECONDS = 10;

/** Tells the system what is played, for its own buttons: on a locked phone, on headphones, on a keyboard. */
export function tellSystem(id: string, title: string, video: HTMLVideoElement, signal: AbortSignal): void {
  if (!("mediaSession" in navigator)) return;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({ title, artwork: [320, 640].map((width) => ({ src: stillOf(id, width as 320 | 640), sizes: `${width}x${Math.round((width * 9) / 16)}`, type: "image/jpeg" })) });
  const acts: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => void video.play().catch(() => {}),
    pause: () => video.pause(),
    seekbackward: ({ seekOffset }) => (video.currentTime = Math.max(0, video.currentTime - (seekOffset ?? SKIP_SECONDS))),
    seekforward: ({ seekOffset }) => (video.currentTime = Math.min(video.duration, video.currentTime + (seekOffset ?? SKIP_SECONDS))),
    seekto: ({ seekTime }) => (video.currentTime = seekTime ?? video.currentTime),
  };
  const set = (action: string, act: MediaSessionActionHandler | null): void => {
    try {
      mediaSession.setActionHandler(action as MediaSessionAction, act);
    } catch {
      // A button that this browser does not know.
    }
  };
  for (const [action, act] of Object.entries(acts)) set(action, act);
  signal.addEventListener("abort", () => {
    mediaSession.metadata = null;
    for (const action of Object.keys(acts)) set(action, null);
  });
}
