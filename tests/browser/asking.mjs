// One request for a segment of pictures, as a proxy sees it.

/** Less than this, in milliseconds, is about to stall, as the box has it. */
const STALL_MARGIN_MS = 4000;

/** How long a start gives way to whoever is about to stall, in milliseconds, as the box has it. */
const START_PATIENCE_MS = 30_000;

/** Kinds of urgency, most urgent first. */
const [STALLING, STARTING, PLAYING] = [0, 1, 2];

/** Times are milliseconds of the wall clock; null for what did not happen. */
export class Asking {
  askedAt = Date.now();
  begunAt = null;
  endedAt = null;
  leftAt = null;
  status = null;
  /** "made", "joined", or how else the box came by it. */
  origin = null;
  /** The highest rendition the box says it can hold, in thousands of bits a second. */
  held = null;

  /** @returns null for what is not a segment of pictures. */
  static of(url, headers) {
    const address = new URL(url, "http://box");
    const [, source, rung, index] = /\/v1\/sources\/([0-9a-f]+)\/hls\/(\d+p)-[0-9a-f]+\/(\d+)\.m4s$/.exec(address.pathname) ?? [];
    if (!source) return null;
    const inHeaders = ["cmcd-request", "cmcd-object", "cmcd-status", "cmcd-session"].map((name) => headers[name]).filter(Boolean);
    const said = clientData(inHeaders.length > 0 ? inHeaders.join(",") : (address.searchParams.get("CMCD") ?? ""));
    return Object.assign(new Asking(), { source, rung, index: Number(index), said });
  }

  get isRefused() {
    return this.status === 429;
  }

  /** Whether the box had to make it, for this player or for another. */
  get isMade() {
    return this.begunAt !== null && (this.origin === "made" || this.origin === "joined");
  }

  answered(status, headers) {
    this.status = status;
    this.origin = /desc="?(\w+)/.exec(headers["server-timing"] ?? "")?.[1] ?? null;
    const held = /;mb=(\d+)/.exec(headers["cmsd-dynamic"] ?? "");
    this.held = held ? Number(held[1]) : null;
  }

  begun() {
    this.begunAt = Date.now();
  }

  ended() {
    this.endedAt = Date.now();
  }

  left() {
    this.leftAt = Date.now();
  }

  /** How urgent it is at a time, by what the player said (CTA-5004) and how long it has waited since. */
  urgencyAt(time) {
    const { bs, su, dl, bl } = this.said;
    const waited = time - this.askedAt;
    if (bs) return STALLING;
    if (su) return waited < START_PATIENCE_MS ? STARTING : STALLING;
    const patience = dl ?? bl;
    return patience !== undefined && patience - waited < STALL_MARGIN_MS ? STALLING : PLAYING;
  }

  toString() {
    const told = ["bs", "su", "bl", "dl"].filter((key) => this.said[key] !== undefined).map((key) => `${key}=${this.said[key]}`);
    return `${this.source.slice(0, 4)}/${this.rung}/${this.index} (${told})`;
  }
}

/** Keys and values of CTA-5004: numbers, texts, and keys that stand alone for true. */
function clientData(text) {
  return Object.fromEntries([...text.matchAll(/([a-z]+)(?:=("(?:[^"\\]|\\.)*"|[^,]*))?(?:,|$)/g)].map(([, key, value]) =>
    [key, value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value.replaceAll('"', "")]));
}
