import type { Source } from "../api";

/** The film to show large: the one watched last, else the largest picture, which looks best on a big screen.
 * @param last its id, where one is being watched. */
export function chooseFeatured(sources: readonly Source[], last: string | null): Source | null {
  const playable = sources.filter((source) => source.state === "ready");
  const area = (source: Source): number => (source.hasVideo ? (source.width ?? 0) * (source.height ?? 0) : 0);
  const landscape = (source: Source): number => ((source.width ?? 0) >= (source.height ?? 0) ? 1 : 0);
  return (
    playable.find((source) => source.id === last) ??
    [...playable].sort(
      (a, b) =>
        landscape(b) - landscape(a) ||
        Math.min(area(b), 1920 * 1080) - Math.min(area(a), 1920 * 1080) ||
        (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0),
    )[0] ??
    null
  );
}
