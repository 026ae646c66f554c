import { encode } from "uqr";
import { h } from "../dom";
import { clock } from "../format";
import { readNetwork } from "../network/api";
import { watchLink } from "../router";
import { strings } from "../strings";

const SVG = "http://www.w3.org/2000/svg";
const LOOPBACK = /^(localhost|127\.|\[::1\])/;
const PRIVATE = /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./;

/** Shows how the film goes on on another screen, without any maker's help: by the box's address, where it is the first film to go on with, or by a code for a camera.
 * @param atSeconds where it goes on. */
export async function showElsewhere(id: string, atSeconds: number): Promise<void> {
  const origin = await originForOthers();
  const address = `${origin ?? location.origin}/${watchLink(id, atSeconds)}`;
  const dialog = h(
    "dialog",
    { class: "dialog elsewhere dark", "aria-labelledby": "elsewhere" },
    h("h2", { class: "dialog__title", id: "elsewhere" }, strings.elsewhere.title(clock(atSeconds))),
    ...(origin === null
      ? [h("p", { class: "dialog__text" }, strings.elsewhere.onlyHere)]
      : [
          h("p", { class: "dialog__text" }, strings.elsewhere.television),
          h("p", { class: "elsewhere__address" }, h("a", { href: address }, origin)),
          h("p", { class: "dialog__text" }, strings.elsewhere.code),
          qr(address),
        ]),
    h("form", { class: "dialog__actions", method: "dialog" }, h("button", { class: "button button--main" }, strings.elsewhere.done)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  // Keys are the dialog's while it is open, and a click beside it closes it.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** The page's address as others at home have it; null where it is only this machine's. */
async function originForOthers(): Promise<string | null> {
  if (!LOOPBACK.test(location.host)) return location.origin;
  try {
    const { interfaces, listening } = await readNetwork(AbortSignal.timeout(2000));
    const address = new URL(listening);
    if (LOOPBACK.test(address.hostname)) return null;
    const own = interfaces.filter((one) => one.isUp).flatMap(({ addresses }) => addresses.map((one) => one.split("/")[0] ?? ""));
    const found = own.find((one) => PRIVATE.test(one));
    if (found === undefined) return null;
    address.hostname = found;
    return address.origin;
  } catch {
    // The owner's to see, or the box is away: the address in the browser has to do.
    return null;
  }
}

/** A QR code as one path, dark on light, whatever the theme: cameras want it so. */
function qr(text: string): SVGSVGElement {
  const { data, size } = encode(text, { border: 3, ecc: "M" });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "elsewhere__code");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", strings.elsewhere.codeOf(text));
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  const square = (x: number, y: number): string => `M${x} ${y}h1v1h-1z`;
  path.setAttribute("d", data.flatMap((row, y) => row.map((isDark, x) => (isDark ? square(x, y) : ""))).join(""));
  svg.append(path);
  return svg;
}
