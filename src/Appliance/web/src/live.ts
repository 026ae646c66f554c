export type Topic = "library" | "jobs" | "activity" | "storage" | "hardware" | "budgets" | "network" | "earnings";

/** How often a screen looks by itself while the box tells it of changes: hints are no promise. */
const LIVE_POLL_MS = 60_000;

/** The least time between two looks that hints cause. */
const PACE_MS = 400;

/** Where the box would not have us listen, it is asked again after this. */
const REFUSED_MS = 30_000;

/** What a screen has while it listens. */
export interface Live {
  /** How long to wait for the next look of one's own: longer while the box tells of changes. */
  readonly pause: (withoutHints: number) => number;
  readonly end: () => void;
}

/** Listens to the box's hints (`GET /v1/events`) while the page is visible; a browser has six connections to a box, and pages that nobody sees would keep theirs.
 * Where it cannot listen, screens go on looking by themselves.
 * @param look is called when something may have changed, and not again until it is done. */
export function listen(topics: readonly Topic[], look: () => Promise<void>): Live {
  const ending = new AbortController();
  let source: EventSource | null = null;
  let again = 0;
  let isOpen = false;
  let isLooking = false;
  let isAskedFor = false;

  const hinted = async (): Promise<void> => {
    isAskedFor = true;
    if (isLooking) return;
    isLooking = true;
    while (isAskedFor && !ending.signal.aborted) {
      isAskedFor = false;
      await look();
      await new Promise((done) => setTimeout(done, PACE_MS));
    }
    isLooking = false;
  };

  const close = (): void => {
    clearTimeout(again);
    source?.close();
    source = null;
    isOpen = false;
  };

  const open = (): void => {
    close();
    if (ending.signal.aborted || document.hidden || typeof EventSource === "undefined") return;
    const opened = new EventSource(`/v1/events?topics=${topics.join(",")}`);
    source = opened;
    opened.onopen = () => {
      isOpen = true;
    };
    opened.onerror = () => {
      isOpen = false;
      // After a refusal a browser does not try again by itself, as it does after a broken connection.
      if (opened.readyState === EventSource.CLOSED) again = window.setTimeout(open, REFUSED_MS);
    };
    for (const topic of topics) opened.addEventListener(topic, () => void hinted());
  };

  document.addEventListener("visibilitychange", open, { signal: ending.signal });
  open();
  return {
    pause: (withoutHints) => (isOpen ? Math.max(withoutHints, LIVE_POLL_MS) : withoutHints),
    end: () => {
      ending.abort();
      close();
    },
  };
}
