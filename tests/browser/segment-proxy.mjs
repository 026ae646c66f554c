// A proxy between a browser and an appliance that can stop one segment after its first chunk, as a busy box does.
import { EventEmitter, once } from "node:events";
import { Proxy } from "./proxy.mjs";

export class SegmentProxy extends Proxy {
  #path = null;
  #told = new EventEmitter();
  #isHeld = false;

  /** The next answer to a request whose path is `path` stays unfinished until the browser gives it up. */
  holdWithin(path) {
    this.#path = path;
    this.#isHeld = false;
  }

  /** Waits until all that will be let through of it is sent. */
  async held(patienceMs) {
    if (!this.#isHeld) await once(this.#told, "held", { signal: AbortSignal.timeout(patienceMs) });
  }

  answers(asked, answer, outgoing) {
    if (this.#path === null || asked.path !== this.#path) return super.answers(asked, answer, outgoing);
    this.#path = null;
    void this.#hold(answer, outgoing);
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
