// Plays a source of a running appliance in a real, headless Chromium and measures what a viewer would notice.
//
//   node play.mjs BASE_URL [--source ID] [--screenshot FILE] [--progressive off] [--size 1280x800] [--seconds 5]
//                          [--chromium FILE]
//
// Prints one JSON object and exits 0 when everything held, 1 when something did not (`reasons` says what), 2 when it
// was called wrongly.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { checkRealTime, checkRungs, checkSeeks } from "./checks.mjs";
import { checkPreview } from "./preview.mjs";
import { called, judge, launch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 120_000;

const options = called(
  "play.mjs BASE_URL [--source ID] [--screenshot FILE] [--progressive off] [--size WxH] [--seconds N]",
  {
    source: { type: "string" },
    screenshot: { type: "string" },
    progressive: { type: "string", default: "on" },
    size: { type: "string", default: "1280x800" },
    seconds: { type: "string", default: "5" },
  },
  ({ size, seconds }, [base]) => base && /^\d+x\d+$/.test(size) && Number(seconds) >= 1);
const [base] = options.positionals;
const [width, height] = options.size.split("x").map(Number);

const result = { base, source: null, ok: false, reasons: [], consoleErrors: [] };
await judge(result, async (atEnd) => {
  const browser = await launch(options.chromium, atEnd);
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => result.consoleErrors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && result.consoleErrors.push(message.text()));
  await play(page);
});

async function play(page) {
  const query = options.progressive === "off" ? "?progressive=off" : "";
  await page.goto(new URL(`/${query}`, base).href);
  const card = options.source ? `a.card[data-key="${options.source}"], .hero a[href*="/${options.source}"]` : "a[data-key]";
  const link = page.locator(card).first();
  await link.waitFor();
  const href = await link.getAttribute("href");
  result.source = decodeURIComponent(/\/watch\/([^?]+)/.exec(href)[1]);
  await link.click();
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  result.timeToFirstFrameMs = await page.evaluate(() => window.appliance.timeToFirstFrameMs);
  result.durationSeconds = await page.evaluate(() => window.appliance.video.duration);

  result.realTime = await checkRealTime(page, Number(options.seconds), result.reasons);
  result.seeks = await checkSeeks(page, PATIENCE_MS, result.reasons);
  result.preview = await checkPreview(page, result.source, PATIENCE_MS, result.reasons);
  result.rungs = await checkRungs(page, PATIENCE_MS, result.reasons);

  if (options.screenshot) {
    await mkdir(dirname(options.screenshot), { recursive: true });
    await page.mouse.move(width / 2, height / 2);
    await page.screenshot({ path: options.screenshot });
  }
  const state = await page.evaluate(() => {
    const { video, fatalErrors, events, segments } = window.appliance;
    const { droppedVideoFrames, totalVideoFrames } = video.getVideoPlaybackQuality();
    return {
      droppedVideoFrames,
      totalVideoFrames,
      fatalErrors,
      errors: events.filter((event) => event.name.endsWith("error")).map((event) => event.note),
      lastSegments: segments.slice(-5),
    };
  });
  Object.assign(result, state);
  if (state.fatalErrors > 0) {
    result.reasons.push(`hls.js gave up ${state.fatalErrors} time(s): ${state.errors.join("; ")}`);
  }
}
