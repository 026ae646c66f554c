/** Arrow keys go to the nearest thing in that direction, as a remote control expects; Tab works as everywhere. */
export function moveByArrows(screen: HTMLElement, event: KeyboardEvent): void {
  const direction = directions[event.key];
  if (!direction || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  // In a field they go from letter to letter, in a choice from one to the next.
  const { target } = event;
  if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement && (direction[0] !== 0 || target.type === "radio")) {
    return;
  }
  const places = [...screen.querySelectorAll<HTMLElement>("[data-focusable]")].filter((place) => place.offsetParent !== null);
  const from = places.find((place) => place === document.activeElement);
  const next = from ? nearest(from, places, direction) : places[0];
  if (!next) {
    return;
  }
  event.preventDefault();
  next.focus({ preventScroll: true });
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
}

type Direction = readonly [x: -1 | 0 | 1, y: -1 | 0 | 1];

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function nearest(from: HTMLElement, places: readonly HTMLElement[], [x, y]: Direction): HTMLElement | undefined {
  const origin = centre(from);
  let best: HTMLElement | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const { left, top } = centre(place);
    const ahead = (left - origin.left) * x + (top - origin.top) * y;
    const aside = Math.abs((left - origin.left) * y) + Math.abs((top - origin.top) * x);
    // Left and right stay in their row; up and down may slide sideways, but nearer columns win.
    const cost = x !== 0 && aside > 40 ? Number.POSITIVE_INFINITY : ahead + 2 * aside;
    if (place !== from && ahead > 4 && cost < bestCost) {
      best = place;
      bestCost = cost;
    }
  }
  return best;
}

function centre(element: HTMLElement): { left: number; top: number } {
  // A film's place in the list is known without laying out what is in it.
  const box = (element.closest("li") ?? element).getBoundingClientRect();
  return { left: box.left + box.width / 2, top: box.top + box.height / 2 };
}
