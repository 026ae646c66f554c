/** The highest bitrate that the box says it can keep up with: `mb` of a CMSD-Dynamic header (CTA-5006), which is in thousands.
 * @returns bits a second, or null where the header says nothing of it. */
export function suggestedBitrate(header: string | null): number | null {
  const found = /;\s*mb=(\d{1,9})\s*(?=[;,]|$)/.exec(header ?? "");
  return found?.[1] ? Number(found[1]) * 1000 : null;
}

/** The highest of `levels` that may be played.
 * @param bitrates What each level promises at most, in bits a second.
 * @param suggested As {@link suggestedBitrate} found it.
 * @returns its index, the lowest level's where none is low enough. */
export function highestLevel(bitrates: readonly number[], suggested: number | null): number {
  const lowest = bitrates.indexOf(Math.min(...bitrates));
  let highest = lowest;
  bitrates.forEach((bitrate, level) => {
    if ((suggested === null || bitrate <= suggested) && bitrate > (bitrates[highest] ?? 0)) {
      highest = level;
    }
  });
  return highest;
}
