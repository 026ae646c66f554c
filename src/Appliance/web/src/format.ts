import { number } from "./language";

/** Seconds as `m:ss` or `h:mm:ss`; anything that is not a length of time as `0:00`. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const tail = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Bits a second as `850 kb/s` or `4.2 Mb/s`. */
export function rate(bitsPerSecond: number): string {
  return bitsPerSecond >= 1e6 ? `${number(bitsPerSecond / 1e6, 1)} Mb/s` : `${number(Math.round(bitsPerSecond / 1e3))} kb/s`;
}

/** The name people give a picture size: its short side with a `p`, or the K number above full HD. */
export function sizeName(width: number, height: number): string {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (long >= 7600) return "8K";
  if (long >= 3800) return "4K";
  return `${short}p`;
}

/** Whether a rendition is the source's own video, by the address of its playlist. */
export function isOriginal(playlist: string): boolean {
  return /\/source-[0-9a-f]+\/[^/]*$/.test(playlist);
}

/** A frame rate given as a fraction, `30000/1001`, as `29.97`. */
export function framesPerSecond(fraction: string): string {
  const [numerator, denominator = "1"] = fraction.split("/");
  const value = Number(numerator) / Number(denominator);
  return Number.isFinite(value) && value > 0 ? String(Math.round(value * 100) / 100) : "";
}
