import { shortDay } from "../language";

const SVG = "http://www.w3.org/2000/svg";
const BAR = 10;
const GAP = 4;
const HEIGHT = 120;
const AXIS = 18;

/** A bar for each day, the last one today's. */
export function chart(days: readonly { readonly day: string; readonly sum: bigint }[], label: string, told: (sum: bigint) => string): SVGElement {
  const width = days.length * (BAR + GAP);
  const svg = element("svg", { class: "chart", viewBox: `0 0 ${width} ${HEIGHT + AXIS}`, role: "img", "aria-label": label });
  const most = days.reduce((high, { sum }) => (sum > high ? sum : high), 1n);
  days.forEach(({ day, sum }, index) => {
    // Per mille first: sums pass what numbers keep.
    const height = Math.max(sum > 0n ? 2 : 0.75, (Number((sum * 1000n) / most) / 1000) * HEIGHT);
    const bar = element("rect", {
      class: sum > 0n ? "chart__bar" : "chart__none",
      x: index * (BAR + GAP),
      y: HEIGHT - height,
      width: BAR,
      height,
      rx: Math.min(2, height / 2),
    });
    bar.append(Object.assign(element("title", {}), { textContent: `${day}: ${told(sum)}` }));
    svg.append(bar);
    if ((days.length - 1 - index) % 7 === 0) {
      const text = element("text", { class: "chart__day", x: index * (BAR + GAP) + (index === days.length - 1 ? BAR : BAR / 2), y: HEIGHT + AXIS - 4, "text-anchor": index === days.length - 1 ? "end" : "middle" });
      text.textContent = shortDay(day);
      svg.append(text);
    }
  });
  return svg;
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
