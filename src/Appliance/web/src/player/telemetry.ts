import Hls, { Events, type Fragment } from "hls.js";

const MAX_EVENTS = 300;
const MAX_SEEKS = 50;
const MAX_SEGMENTS = 40;

export interface LoggedEvent {
  readonly atMs: number;
  readonly name: string;
  readonly note: string;
}

export interface SeekTime {
  readonly toSeconds: number;
  readonly tookMs: number;
}

export interface SegmentLoad {
  readonly kind: string;
  readonly index: number;
  readonly level: number;
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly bytes: number;
  readonly serverTiming: string | null;
}

/** What one player measured about itself, for the overlay and the tests; everything it keeps is bounded. */
export class Telemetry {
  timeToFirstFrameMs: number | null = null;
  fatalErrors = 0;
  readonly events: LoggedEvent[] = [];
  readonly seeks: SeekTime[] = [];
  readonly segments: SegmentLoad[] = [];

  private readonly openedAt = performance.now();
  private readonly listening = new AbortController();
  private seekGeneration = 0;

  constructor(private readonly video: HTMLVideoElement) {
    const signal = this.listening.signal;
    for (const name of ["loadedmetadata", "playing", "pause", "waiting", "ended", "seeked", "resize"]) {
      video.addEventListener(name, () => this.log(name, `at ${video.currentTime.toFixed(3)} s`), { signal });
    }
    video.addEventListener("seeking", () => this.timeSeek(), { signal });
    this.onNextFrame(() => {
      this.timeToFirstFrameMs ??= Math.round(performance.now() - this.openedAt);
      this.log("first picture", `${this.timeToFirstFrameMs} ms`);
    });
  }

  follow(hls: Hls): void {
    hls.on(Events.FRAG_LOADED, (_, data) => this.addSegment(data.frag, data.networkDetails));
    hls.on(Events.LEVEL_SWITCHED, (_, data) => this.log("level", String(data.level)));
    hls.on(Events.ERROR, (_, data) => {
      this.fatalErrors += data.fatal ? 1 : 0;
      this.log(data.fatal ? "fatal error" : "error", `${data.details}: ${data.error?.message ?? ""}`);
    });
  }

  log(name: string, note: string): void {
    keep(this.events, { atMs: Math.round(performance.now() - this.openedAt), name, note }, MAX_EVENTS);
  }

  stop(): void {
    this.listening.abort();
    this.seekGeneration++;
  }

  private timeSeek(): void {
    const generation = ++this.seekGeneration;
    const startedAt = performance.now();
    const toSeconds = this.video.currentTime;
    if (this.timeToFirstFrameMs === null) {
      return;
    }
    const shown = (mediaSeconds: number): void => {
      if (generation !== this.seekGeneration) return;
      // A frame that was already on its way when the seek began is not the picture asked for.
      if (Math.abs(mediaSeconds - this.video.currentTime) > 1) {
        this.onNextFrame(shown);
        return;
      }
      const tookMs = Math.round(performance.now() - startedAt);
      keep(this.seeks, { toSeconds, tookMs }, MAX_SEEKS);
      this.log("seek shown", `${toSeconds.toFixed(3)} s after ${tookMs} ms`);
    };
    this.onNextFrame(shown);
  }

  private onNextFrame(then: (mediaSeconds: number) => void): void {
    if ("requestVideoFrameCallback" in this.video) {
      this.video.requestVideoFrameCallback((_, frame) => then(frame.mediaTime));
    } else {
      const video = this.video as HTMLVideoElement;
      video.addEventListener("timeupdate", () => then(video.currentTime), { once: true, signal: this.listening.signal });
    }
  }

  private addSegment(frag: Fragment, details: unknown): void {
    if (frag.sn === "initSegment") {
      return;
    }
    const { loading, loaded } = frag.stats;
    const load: SegmentLoad = {
      kind: frag.type,
      index: frag.sn,
      level: frag.level,
      firstByteMs: Math.round(loading.first - loading.start),
      wholeMs: Math.round((loading.end || performance.now()) - loading.start),
      bytes: loaded,
      serverTiming: details instanceof Response ? details.headers.get("server-timing") : null,
    };
    keep(this.segments, load, MAX_SEGMENTS);
  }
}

function keep<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) {
    list.shift();
  }
}
