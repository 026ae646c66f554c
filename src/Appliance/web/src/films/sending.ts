import { ApiError } from "../api";
import { strings } from "../strings";
import { readUploads } from "./api";
import { create, look, sendPiece, standing, type Standing } from "./tus";

/** How many films may wait to be sent. */
export const MOST_FILES = 100;

const LONGEST_WAIT_MS = 30_000;

/** Another request writes to it, or another piece came before: asked again, the box says how it stands. */
const ASK_AGAIN = [409, 423, 503];

export type SendingState = "waiting" | "sending" | "paused" | "failed" | "whole";

/** One film that is sent to the box. */
export class Sending {
  state: SendingState = "waiting";
  offset = 0;
  /** Why it does not go on; null where it does. */
  why: string | null = null;
  /** Of the upload; null until the box has begun it. */
  id: string | null = null;
  private at: Standing | null = null;
  private ending = new AbortController();

  constructor(readonly file: File) {}

  pause(): void {
    this.state = "paused";
    this.ending.abort();
    changed();
  }

  resume(): void {
    this.state = "waiting";
    this.why = null;
    changed();
    void work();
  }

  /** Sends it until it is whole, stopped, or the box says no. What only breaks off is gone on with. */
  async send(): Promise<void> {
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.state = "sending";
    let wait = 1000;
    while (this.state === "sending") {
      try {
        this.take(this.at === null ? await this.begin(signal) : await standing(this.at.address, signal));
        while (this.at !== null && this.offset < this.file.size) {
          this.take(await sendPiece(this.file, this.at, signal));
          wait = 1000;
        }
        this.why = null;
        this.state = "whole";
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof ApiError && !ASK_AGAIN.includes(error.status)) {
          this.state = "failed";
          this.why = error.message;
          // One that the box has removed begins anew.
          if (error.status === 404) this.at = null;
        } else {
          this.why = strings.errors.unreachable;
          changed();
          await new Promise((done) => setTimeout(done, wait));
          wait = Math.min(2 * wait, LONGEST_WAIT_MS);
        }
      }
    }
    changed();
  }

  /** Goes on with what the box has of this film, from whichever browser it came. */
  private async begin(signal: AbortSignal): Promise<Standing> {
    for (const upload of await readUploads(signal)) {
      const isOpen = upload.length === this.file.size && upload.offset < upload.length;
      const found = isOpen ? await look(upload.id, this.file, signal) : null;
      if (found) return found;
    }
    return create(this.file, signal);
  }

  private take(at: Standing): void {
    this.at = at;
    this.id = at.address.split("/").pop() ?? null;
    this.offset = at.offset;
    this.why = null;
    changed();
  }
}

const all: Sending[] = [];
const listeners = new Set<() => void>();
let working = false;

/** What is sent while this page is open, on whichever of its screens. */
export function sendings(): readonly Sending[] {
  return all;
}

/** @returns what ends the listening. */
export function listenToSendings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends these, one after the other. @returns what is wrong with them, for a person; null where nothing is. */
export function sendFilms(files: readonly File[]): string | null {
  const waiting = all.filter((one) => one.state !== "whole");
  if (waiting.length + files.length > MOST_FILES) return strings.films.tooMany(MOST_FILES);
  if (files.some((file) => file.size === 0)) return strings.films.emptyFile;
  const isSame = (one: Sending, file: File): boolean => one.file.name === file.name && one.file.size === file.size && one.file.lastModified === file.lastModified;
  all.push(...files.filter((file) => !waiting.some((one) => isSame(one, file))).map((file) => new Sending(file)));
  changed();
  void work();
  return null;
}

/** Takes one from what is sent. */
export function dropSending(id: string): void {
  const place = all.findIndex((one) => one.id === id);
  if (place >= 0) all.splice(place, 1)[0]?.pause();
  changed();
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  addEventListener("beforeunload", keepOpen);
  for (let next = nextWaiting(); next; next = nextWaiting()) await next.send();
  removeEventListener("beforeunload", keepOpen);
  working = false;
}

function nextWaiting(): Sending | undefined {
  return all.find((one) => one.state === "waiting");
}

/** Leaving would break it off: the browser asks whether that is meant. */
function keepOpen(event: Event): void {
  event.preventDefault();
}

function changed(): void {
  for (const listener of listeners) listener();
}
