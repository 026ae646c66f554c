// A proxy between players and an appliance that changes nothing and writes down each segment of pictures that is asked for:
// what the player said of itself, and when the answer began and ended.
import { createServer, request } from "node:http";
import { once } from "node:events";

/** Less than this, in milliseconds, is about to stall, as the box has it. */
const STALL_MARGIN_MS = 4000;

/** Kinds of urgency, most urgent first. */
const [STALLING, STARTING, PLAYING] = [0, 1, 2];

export class ListeningProxy {
  /** @type {Asking[]} in the order in which they came. */
  askings = [];
  #base;
  #server;

  static async start(base) {
    const proxy = new ListeningProxy();
    proxy.#base = new URL(base);
    proxy.#server = createServer((incoming, outgoing) => proxy.#forward(incoming, outgoing));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #forward(incoming, outgoing) {
    const { method, url, headers } = incoming;
    const { hostname, port, host } = this.#base;
    const asking = Asking.of(url, headers);
    if (asking) this.askings.push(asking);
    const onward = request({ hostname, port, method, path: url, headers: { ...headers, host }, agent: false }, (answer) => {
      asking?.answered(answer.statusCode, answer.headers);
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.once("data", () => asking?.begun());
      answer.once("end", () => asking?.ended());
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return;
      asking?.left();
      onward.destroy();
    });
    incoming.pipe(onward);
  }
}

/** One request for a segment of pictures. Times are milliseconds of the wall clock; null for what did not happen. */
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

  /** When it stopped waiting for its first byte, or running, in whichever way. */
  get overAt() {
    return this.endedAt ?? this.leftAt ?? Infinity;
  }

  /** How urgent it is at a time, by what the player said (CTA-5004) and how long it has waited since. */
  urgencyAt(time) {
    const { bs, su, dl, bl } = this.said;
    if (bs) return STALLING;
    if (su) return time - this.askedAt < STALL_MARGIN_MS ? STARTING : STALLING;
    const patience = dl ?? bl;
    return patience !== undefined && patience - (time - this.askedAt) < STALL_MARGIN_MS ? STALLING : PLAYING;
  }
}

/** Keys and values of CTA-5004: numbers, texts, and keys that stand alone for true. */
function clientData(text) {
  return Object.fromEntries([...text.matchAll(/([a-z]+)(?:=("(?:[^"\\]|\\.)*"|[^,]*))?(?:,|$)/g)].map(([, key, value]) =>
    [key, value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value.replaceAll('"', "")]));
}
