export const OWNERS_SCREENS = ["now", "films", "jobs", "disk", "hardware", "network", "access", "earnings", "settings"] as const;

export type OwnersScreen = (typeof OWNERS_SCREENS)[number];

export type Route =
  | { readonly screen: "library" }
  | { readonly screen: OwnersScreen }
  | { readonly screen: "watch"; readonly id: string; readonly atSeconds: number | null };

const WATCH = /^#\/watch\/([^/?]+)(?:\?(.*))?$/;

/** Reads `#/watch/{id}?t=SECONDS` and the owner's screens, as `#/earnings`; anything else is the library. */
export function readRoute(hash: string): Route {
  const owners = OWNERS_SCREENS.find((screen) => hash === `#/${screen}`);
  if (owners) {
    return { screen: owners };
  }
  const match = WATCH.exec(hash);
  if (!match?.[1]) {
    return { screen: "library" };
  }
  const at = Number(new URLSearchParams(match[2] ?? "").get("t") ?? Number.NaN);
  try {
    return { screen: "watch", id: decodeURIComponent(match[1]), atSeconds: Number.isFinite(at) && at >= 0 ? at : null };
  } catch {
    return { screen: "library" };
  }
}

export function watchLink(id: string, atSeconds?: number): string {
  const at = atSeconds === undefined ? "" : `?t=${Math.floor(atSeconds)}`;
  return `#/watch/${encodeURIComponent(id)}${at}`;
}

/** Whether this page showed the library before: then going back is the browser's own back, scroll and focus kept. */
let cameFromLibrary = false;

export function leavePlayer(): void {
  if (cameFromLibrary) {
    history.back();
  } else {
    location.hash = "#/";
  }
}

/** Calls `show` for the present route and for each later one. */
export function startRouter(show: (route: Route) => void): void {
  let shown: Route | null = null;
  const update = (): void => {
    const route = readRoute(location.hash);
    cameFromLibrary = shown?.screen === "library" && route.screen === "watch";
    shown = route;
    show(route);
  };
  addEventListener("hashchange", update);
  update();
}
