// A proxy between a browser and an appliance that can stop one segment after its first chunk, as a busy box does.
import { createServer, request } from "node:http";
import { EventEmitter, once } from "node:events";

export class SegmentProxy {
  #base;
  #server;
  #path = null;
  #told = new EventEmitter();
  #isHeld = false;

  static async start(base) {
    const proxy = new SegmentProxy();
    proxy.#base = new URL(base);
    proxy.#server = createServer((incoming, outgoing) => proxy.#forward(incoming, outgoing));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  /** The next answer to a request whose path is `path` stays unfinished until the browser gives it up. */
  holdWithin(path) {
    this.#path = path;
    this.#isHeld = false;
  }

  /** Waits until all that will be let through of it is sent. */
  async held(patienceMs) {
    if (!this.#isHeld) await once(this.#told, "held", { signal: AbortSignal.timeout(patienceMs) });
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #forward(incoming, outgoing) {
    const { method, url, headers } = incoming;
    const { hostname, port } = this.#base;
    const onward = request({ hostname, port, method, path: url, headers: { ...headers, host: this.#base.host } }, (answer) => {
      if (this.#path !== null && url === this.#path) {
        this.#path = null;
        void this.#hold(answer, outgoing);
        return;
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  }

  async #hold(answer, outgoing) {
    const pieces = [];
    for await (const piece of answer) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const second = bytes.indexOf("moof", bytes.indexOf("mdat")) - 4;
    const headers = { ...answer.headers };
    delete headers["content-length"];
    outgoing.writeHead(answer.statusCode, headers);
    outgoing.write(bytes.subarray(0, second), () => {
      this.#isHeld = true;
      this.#told.emit("held");
    });
  }
}
