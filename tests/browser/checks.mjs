// What is checked of a playing page. Each check returns its measurements and adds a sentence to `reasons` for each thing
// that did not hold. All of them run inside the page, on the hook that it offers as `window.appliance`.

/** Most the media clock may differ from the wall clock. */
const REAL_TIME_TOLERANCE = 0.1;

/** Where the far seeks go, as shares of the source, in an order that always leaves what is buffered; null is a place
 * shortly before what is buffered, where a player may be tempted to leap to it. */
const SEEK_SHARES = [0.85, 0.1, 0.55, null];

/** Media must run for this long after a seek, so that more than the one picture was there. */
const AFTER_SEEK_SECONDS = 0.4;

/** @returns media seconds, wall seconds and their ratio, over at least `seconds` of undisturbed playing. */
export async function checkRealTime(page, seconds, reasons) {
  const measured = await page.evaluate(async (atLeast) => {
    const { video } = window.appliance;
    const frame = () => new Promise((done) => video.requestVideoFrameCallback((now, { mediaTime }) => done({ now, mediaTime })));
    let waits = 0;
    video.addEventListener("waiting", () => waits++);
    // A source shorter than asked is measured for as long as it lasts, less what the end needs.
    const length = Math.min(atLeast, Math.max(0.5, video.duration - video.currentTime - 0.5));
    const first = await frame();
    let last = first;
    while ((last.now - first.now) / 1000 < length && !video.ended) last = await frame();
    const mediaSeconds = last.mediaTime - first.mediaTime;
    const wallSeconds = (last.now - first.now) / 1000;
    return { mediaSeconds, wallSeconds, ratio: mediaSeconds / wallSeconds, waits };
  }, seconds);
  if (Math.abs(measured.ratio - 1) > REAL_TIME_TOLERANCE) {
    reasons.push(`Time did not advance in real time: ${measured.mediaSeconds.toFixed(2)} s of media in ${measured.wallSeconds.toFixed(2)} s.`);
  }
  return measured;
}

/** @returns for each seek: where to, how long until its first picture, and how far the media ran afterwards. */
export async function checkSeeks(page, patienceMs, reasons) {
  const seeks = [];
  for (const share of SEEK_SHARES) {
    const seek = await page.evaluate(async ({ share, afterSeconds, patienceMs }) => {
      const { video } = window.appliance;
      const stateOf = ({ currentTime, readyState, paused, ended, seeking, buffered }) => ({
        currentTime, readyState, paused, ended, seeking,
        buffered: Array.from({ length: buffered.length }, (_, range) => [buffered.start(range), buffered.end(range)]),
        lastEvents: window.appliance.events.slice(-12),
        lastSegments: window.appliance.segments.slice(-8),
      });
      const held = Array.from({ length: video.buffered.length }, (_, range) => video.buffered.start(range)).filter((start) => start <= video.currentTime);
      const wanted = share === null ? Math.max(0, ...held) - 0.9 : video.duration * share;
      const toSeconds = Math.max(0, Math.min(wanted, video.duration - 1));
      const startedAt = performance.now();
      const frame = () => new Promise((done) => {
        const timer = setTimeout(() => done(null), patienceMs);
        video.requestVideoFrameCallback((_, { mediaTime }) => {
          clearTimeout(timer);
          done(mediaTime);
        });
      });
      video.currentTime = toSeconds;
      if (video.paused) void video.play();
      let first = await frame();
      // Pictures of the old place may still come. The first of the new one starts at most half a second early, and a busy
      // machine that drops pictures shows it no later than the media can have run since.
      const isThere = (at) => at >= toSeconds - 0.5 && at <= toSeconds + 0.5 + (performance.now() - startedAt) / 1000;
      while (first !== null && !isThere(first)) first = await frame();
      if (first === null) return { toSeconds, firstFrameMs: null, ranSeconds: 0, state: stateOf(video) };
      const firstFrameMs = Math.round(performance.now() - startedAt);
      const run = Math.min(afterSeconds, video.duration - first - 0.2);
      let last = first;
      while (last !== null && last - first < run) last = await frame();
      return { toSeconds, firstFrameMs, ranSeconds: last === null ? 0 : last - first };
    }, { share, afterSeconds: AFTER_SEEK_SECONDS, patienceMs });
    if (seek.firstFrameMs === null) {
      reasons.push(`No picture within ${patienceMs / 1000} s of seeking to ${seek.toSeconds.toFixed(1)} s.`);
    } else if (seek.ranSeconds <= 0) {
      reasons.push(`The picture stood still after seeking to ${seek.toSeconds.toFixed(1)} s.`);
    }
    seeks.push(seek);
  }
  return seeks;
}

/** Forces the smallest rung, then the largest, by a smooth switch, then the smallest by an immediate one.
 * @returns for each: the size asked for, the size decoded, and how long that took. */
export async function checkRungs(page, patienceMs, reasons) {
  const rungs = await page.evaluate(async (patienceMs) => {
    const { hls, video } = window.appliance;
    if (!hls || hls.levels.length < 2) return [];
    const bySize = hls.levels.map((level, index) => ({ index, width: level.width, height: level.height }))
      .sort((a, b) => a.width * a.height - b.width * b.height);
    const [smallest, largest] = [bySize[0], bySize[bySize.length - 1]];
    video.currentTime = 0;
    void video.play();
    const force = async (how, rung) => {
      const startedAt = performance.now();
      hls[how] = rung.index;
      // A sample aspect ratio that is not quite square moves the shown size by a pixel or two.
      const there = () => Math.abs(video.videoWidth - rung.width) <= 2 && Math.abs(video.videoHeight - rung.height) <= 2;
      await new Promise((done) => {
        const listening = new AbortController();
        const end = () => { clearTimeout(timer); listening.abort(); done(); };
        const timer = setTimeout(end, patienceMs);
        video.addEventListener("resize", () => there() && end(), { signal: listening.signal });
        video.addEventListener("ended", () => { video.currentTime = 0; void video.play(); }, { signal: listening.signal });
        if (there()) end();
      });
      return { how, asked: [rung.width, rung.height], decoded: [video.videoWidth, video.videoHeight], ok: there(), tookMs: Math.round(performance.now() - startedAt) };
    };
    const steps = [await force("nextLevel", smallest), await force("nextLevel", largest), await force("currentLevel", smallest), await force("currentLevel", largest)];
    hls.nextLevel = -1;
    return steps;
  }, patienceMs);
  for (const step of rungs.filter((one) => !one.ok)) {
    reasons.push(`${step.how} to ${step.asked.join("×")} left the decoded picture at ${step.decoded.join("×")}.`);
  }
  return rungs;
}
