/** How many positions are remembered; the oldest make room. */
const MAX_POSITIONS = 200;
const POSITIONS = "appliance.positions";
const SOUND = "appliance.sound";
const BANDWIDTH = "appliance.bandwidth";
const TRACKS = "appliance.tracks";
const THEME = "appliance.theme";
const ORDER = "appliance.order";

interface Position {
  readonly seconds: number;
  readonly savedAt: number;
  /** Whether the box was told. */
  readonly onBox?: boolean;
}

export interface Sound {
  readonly volume: number;
  readonly muted: boolean;
}

/** How a track is found again on another film: by its language, or by its name where it tells none. */
export interface TrackChoice {
  readonly lang?: string;
  readonly name?: string;
  /** Of sound: as HLS writes it, "2" or "6". */
  readonly channels?: string;
}

export interface TrackChoices {
  /** Null where nothing was chosen yet. */
  readonly audio: TrackChoice | null;
  /** Null where no subtitles are wanted. */
  readonly text: TrackChoice | null;
}

/** Where watching stopped, as this browser remembers it, the last one first: those films only that can be continued. */
export function rememberedPositions(): readonly { readonly id: string; readonly seconds: number }[] {
  return Object.entries(positions())
    .filter(([, { seconds }]) => seconds > 0)
    .sort(([, a], [, b]) => b.savedAt - a.savedAt)
    .map(([id, { seconds }]) => ({ id, seconds }));
}

/** @param onBox whether the box knows it too.
 * @returns what is remembered: 0 at a film's beginning and end, by the box's own rule. */
export function rememberPosition(id: string, at: number, durationSeconds: number, onBox = false): number {
  // Under five seconds is a glance; the last three percent are credits.
  const seconds = at < 5 || at > durationSeconds * 0.97 ? 0 : at;
  keep({ ...positions(), [id]: { seconds, savedAt: Date.now(), onBox } });
  return seconds;
}

export function forgetPosition(id: string): void {
  const { [id]: _, ...others } = positions();
  keep(others);
}

/** Forgets what the box once knew and knows no more: it was watched to its end elsewhere. */
export function reconcilePositions(onBox: ReadonlySet<string>): void {
  keep(Object.fromEntries(Object.entries(positions()).filter(([id, position]) => position.onBox !== true || onBox.has(id))));
}

function keep(all: Record<string, Position>): void {
  write(POSITIONS, Object.fromEntries(Object.entries(all).sort(([, a], [, b]) => b.savedAt - a.savedAt).slice(0, MAX_POSITIONS)));
}

export function rememberedSound(): Sound {
  const sound = read<Partial<Sound>>(SOUND);
  const volume = typeof sound?.volume === "number" ? Math.min(1, Math.max(0, sound.volume)) : 1;
  return { volume, muted: sound?.muted === true };
}

export function rememberSound(sound: Sound): void {
  write(SOUND, sound);
}

/** The bandwidth seen last, in bits a second, or null. */
export function rememberedBandwidth(): number | null {
  const bits = read<number>(BANDWIDTH);
  return typeof bits === "number" && Number.isFinite(bits) && bits > 0 ? bits : null;
}

export function rememberBandwidth(bitsPerSecond: number): void {
  write(BANDWIDTH, Math.round(bitsPerSecond));
}

/** What somebody chose here; `system` where he left it to the machine. */
export type ThemeChoice = "system" | "dark" | "light";

export function rememberedTheme(): ThemeChoice {
  const theme = read<unknown>(THEME);
  return theme === "dark" || theme === "light" ? theme : "system";
}

export function rememberTheme(theme: ThemeChoice): void {
  write(THEME, theme);
}

export type Order = "title" | "newest";

export function rememberedOrder(): Order {
  return read<unknown>(ORDER) === "newest" ? "newest" : "title";
}

export function rememberOrder(order: Order): void {
  write(ORDER, order);
}

export function rememberedTracks(): TrackChoices {
  const tracks = read<Partial<Record<keyof TrackChoices, unknown>>>(TRACKS);
  return { audio: choice(tracks?.audio), text: choice(tracks?.text) };
}

export function rememberTracks(chosen: Partial<TrackChoices>): void {
  write(TRACKS, { ...rememberedTracks(), ...chosen });
}

/** What another version, or a person, wrote there may be anything. */
function choice(stored: unknown): TrackChoice | null {
  if (typeof stored !== "object" || stored === null) return null;
  const words = Object.entries(stored).filter(([key, value]) => ["lang", "name", "channels"].includes(key) && typeof value === "string");
  return words.length > 0 ? Object.fromEntries(words) : null;
}

function positions(): Record<string, Position> {
  return read<Record<string, Position>>(POSITIONS) ?? {};
}

// A browser in private mode, or one with site data switched off, throws on any use of storage.
function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is remembered then; everything else works.
  }
}
