// A proxy between players and an appliance that writes down each segment of pictures that is asked for: what the player said of
// itself, what it was told, and when the answer began and ended. It can keep either from the other.
import { Asking } from "./asking.mjs";
import { Proxy } from "./proxy.mjs";

const SAID_IN = /^cmcd-(request|object|status|session)$/;

export class ListeningProxy extends Proxy {
  /** @type {Asking[]} in the order in which they came. */
  askings = [];
  #mute;
  #deaf;

  /** @param ways `mute`: the box does not hear what players say of themselves; `deaf`: players do not hear what the box says of itself. */
  constructor({ mute = false, deaf = false } = {}) {
    super();
    this.#mute = mute;
    this.#deaf = deaf;
  }

  asks({ url, headers }) {
    const asking = Asking.of(url, headers);
    if (asking) this.askings.push(asking);
    return this.#mute ? { asking, path: withoutQuery(url), headers: without(headers, SAID_IN) } : { asking, path: url, headers };
  }

  answers({ asking }, answer, outgoing) {
    asking?.answered(answer.statusCode, answer.headers);
    answer.once("data", () => asking?.begun());
    answer.once("end", () => asking?.ended());
    outgoing.writeHead(answer.statusCode, this.#deaf ? without(answer.headers, /^cmsd-/) : answer.headers);
    answer.pipe(outgoing);
  }

  leaves({ asking }) {
    asking?.left();
  }
}

const without = (headers, names) => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));

function withoutQuery(url) {
  const address = new URL(url, "http://box");
  address.searchParams.delete("CMCD");
  return address.pathname + address.search;
}
