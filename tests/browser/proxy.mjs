// A proxy between players and an appliance. As it is, it changes nothing.
import { createServer, request } from "node:http";
import { once } from "node:events";

export class Proxy {
  #base;
  #server;

  /** @param base the appliance's address. @param more what the kind of proxy wants to know. */
  static async start(base, ...more) {
    const proxy = new this(...more);
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

  /** @returns what is asked of the appliance in the player's place: `path`, `headers`, the `host` that is named to it where that is not its own, and what else `answers` wants to know of it. */
  asks({ url, headers }) {
    return { path: url, headers };
  }

  /** Hands an answer on. */
  answers(_, answer, outgoing) {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  }

  /** The player did not wait for the whole answer. */
  leaves() {}

  #forward(incoming, outgoing) {
    const { hostname, port } = this.#base;
    const asked = this.asks(incoming);
    const { path, headers, host = this.#base.host } = asked;
    const onward = request({ hostname, port, method: incoming.method, path, headers: { ...headers, host }, agent: false },
      (answer) => this.answers(asked, answer, outgoing));
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return;
      this.leaves(asked);
      onward.destroy();
    });
    incoming.pipe(onward);
  }
}
