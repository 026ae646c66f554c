import { forgetPosition, rememberedPositions, rememberPosition, reconcilePositions } from "../storage";
import { forgetWatching, readWatching, tellWatching } from "./api";

/** Where watching of a film stopped. */
export interface Place {
  readonly id: string;
  readonly seconds: number;
}

/** How long playing waits for what the box knows, where this page has not heard it yet. */
const PATIENCE_MS = 800;

/** What the box told last; null until it did. */
let told: readonly Place[] | null = null;

/** Asks the box which films are being watched. Where it does not say, what this browser remembers has to do. */
export async function refreshWatching(signal: AbortSignal): Promise<void> {
  try {
    const films = await readWatching(signal);
    told = films.map(({ source, positionSeconds }) => ({ id: source, seconds: positionSeconds }));
    reconcilePositions(new Set(films.map((film) => film.source)));
  } catch {
    // Closed, or away: the next look finds out.
  }
}

/** The films to go on with, the last one first: the box's, and then those that only this browser knows. */
export function places(): readonly Place[] {
  const known = new Set((told ?? []).map((place) => place.id));
  return [...(told ?? []), ...rememberedPositions().filter((place) => !known.has(place.id))];
}

/** Where to go on with a film, in seconds; null where there is nothing to go on with. */
export function placeOf(id: string): number | null {
  return places().find((place) => place.id === id)?.seconds ?? null;
}

/** The same, for who was not told yet: asks first, but not for long. */
export async function placeToStart(id: string, signal: AbortSignal): Promise<number | null> {
  if (told === null) {
    await refreshWatching(AbortSignal.any ? AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) : signal);
  }
  return placeOf(id);
}

/** Remembers where somebody is in a film: in this browser at once, and in the box as soon as it answers. */
export function savePlace(id: string, seconds: number, durationSeconds: number): void {
  const kept = rememberPosition(id, seconds, durationSeconds);
  told = told && [...(kept > 0 ? [{ id, seconds: kept }] : []), ...told.filter((place) => place.id !== id)];
  tellWatching(id, seconds, 0).then(
    () => rememberPosition(id, seconds, durationSeconds, true),
    () => {},
  );
}

/** Takes a film from those to go on with, everywhere. */
export async function forgetPlace(id: string): Promise<void> {
  await forgetWatching(id);
  forgetPosition(id);
  told = told && told.filter((place) => place.id !== id);
}
