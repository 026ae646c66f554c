// Seeks away from a segment of which a part has arrived, into the one after it, in a real, headless Chromium: picture and
// sound must stay together.
//
//   node abort.mjs BASE_URL [--chromium FILE]
//
// The browser reaches the appliance through a proxy that can hold a segment back after its first chunk. Prints
// one JSON object; exit 0 when everything held, 1 when not (`reasons`), 2 when it was called wrongly.
import { SegmentProxy } from "./segment-proxy.mjs";
import { called, judge, launch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 120_000;

/** How far a segment's place may be from where the playlist puts it, seconds: reordered pictures start a few frames late. */
const PLACE_TOLERANCE = 0.25;

const options = called("abort.mjs BASE_URL", {}, (_, [base]) => base);
const result = { ok: false, reasons: [] };
let proxy = null;
await judge(result, async (atEnd) => {
  proxy = await SegmentProxy.start(options.positionals[0]);
  atEnd(() => proxy.stop());
  const browser = await launch(options.chromium, atEnd);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(proxy.address);
  await page.locator("a[data-key]").first().click();
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  Object.assign(result, await seekAway(page));
});

async function seekAway(page) {
  // One rung throughout, as a switch begins anew; and a place that is not loaded yet, in the middle of the source.
  const { left, next } = await page.evaluate(() => {
    const { hls, video } = window.appliance;
    window.places = [];
    hls.on("hlsInitPtsFound", (_, { initPTS, timescale }) => window.places.push(initPTS / timescale));
    hls.nextLevel = hls.loadLevel;
    const { fragments } = hls.levels[hls.loadLevel].details;
    const [left, next] = fragments.slice(Math.floor(fragments.length * 0.7)).map(({ start, duration, url }) => ({ start, duration, path: new URL(url).pathname }));
    video.pause();
    return { left, next };
  });
  proxy.holdWithin(left.path);
  await seek(page, left);
  await proxy.held(PATIENCE_MS);
  // Else nothing could be left over: the first chunk is with the player, and the segment is still under way.
  await page.waitForFunction(() => (window.appliance.hls.inFlightFragments.main.frag?.stats.chunkCount ?? 0) > 0);
  await seek(page, next);
  await page.waitForFunction(({ start }) => {
    const { buffered } = window.appliance.video;
    return Array.from({ length: buffered.length }, (_, range) => range).some((range) => buffered.start(range) <= start + 0.5 && buffered.end(range) > start + 1);
  }, next, { timeout: PATIENCE_MS }).catch(() => result.reasons.push(`The segment at ${next.start.toFixed(3)} s was not buffered at its place.`));
  const shown = await page.evaluate(({ path }) => {
    const { hls } = window.appliance;
    return { moved: window.places, placedAt: hls.levels[hls.loadLevel].details.fragments.find(({ url }) => new URL(url).pathname === path).start };
  }, next);
  if (shown.moved.length > 0) result.reasons.push(`The picture's clock was moved to ${shown.moved.join(", ")}.`);
  if (Math.abs(shown.placedAt - next.start) > PLACE_TOLERANCE) result.reasons.push(`The segment of ${next.start} s was placed at ${shown.placedAt} s.`);
  return { left, next, ...shown };
}

async function seek(page, { start, duration }) {
  await page.evaluate((to) => (window.appliance.video.currentTime = to), start + duration / 4);
}
