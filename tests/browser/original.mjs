// Plays a film in a real, headless Chromium and switches, by the menu, to its own video, to a rung that is made, and back.
//
//   node original.mjs --program APPLIANCE [--chromium FILE]
//
// Makes the film with the ffmpeg program. Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`),
// 2 when it was called wrongly.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Box } from "../driver/box.mjs";

const LAUNCH_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--autoplay-policy=no-user-gesture-required"];

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 60_000;

const SECONDS = 60;

const { values: options } = parseArgs({
  options: { program: { type: "string" }, chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" } },
});
if (!options.program) {
  console.error("usage: node original.mjs --program APPLIANCE [--chromium FILE]");
  process.exit(2);
}

const result = { ok: false, reasons: [], menu: [], shown: [] };
const scratch = mkdtempSync(join(tmpdir(), "original-"));
let box = null;
let browser = null;
try {
  box = await Box.start(options.program, [makeFilm(), "--data", join(scratch, "data")]);
  const [{ id }] = await box.sourcesReady();
  browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: LAUNCH_FLAGS });
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => result.reasons.push(String(error)));
  await page.goto(`${box.base}/#/watch/${id}?t=0`);
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  await page.evaluate(() => window.appliance.hls.on("hlsError", (_, data) => (window.mediaErrors ??= []).push(`${data.type} ${data.details}`)));
  result.menu = await menuOf(page);
  if (!result.menu.includes("Original")) throw new Error(`The menu has no Original: ${result.menu}`);
  for (const name of ["Original", "240p", "Original"]) await choose(page, name);
  const { ranges, errors } = await page.evaluate(() => ({
    ranges: Array.from({ length: window.appliance.video.buffered.length }, (_, i) => [window.appliance.video.buffered.start(i), window.appliance.video.buffered.end(i)]),
    // A stall is a matter of how busy the machine is.
    errors: (window.mediaErrors ?? []).filter((error) => error.startsWith("mediaError") && !error.endsWith("bufferStalledError")),
  }));
  if (ranges.length !== 1) result.reasons.push(`What is buffered has gaps: ${JSON.stringify(ranges)}`);
  result.reasons.push(...errors);
} catch (error) {
  result.reasons.push(`The run itself failed: ${error.message.split("\n")[0]}`);
} finally {
  await browser?.close();
  await box?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
result.ok = result.reasons.length === 0;
console.log(JSON.stringify(result, null, 2));
process.exitCode = result.ok ? 0 : 1;

/** Chooses a rung and waits until it is on the screen and plays on through another of its segments. */
async function choose(page, name) {
  await openMenu(page);
  await page.locator(".menu [role=menuitemradio]", { hasText: name }).first().click();
  const shown = await page.evaluate(async ({ name, patienceMs }) => {
    const { hls, video } = window.appliance;
    const isWanted = () => {
      const level = hls.levels[hls.currentLevel];
      return level && (name === "Original" ? /\/source-/.test(level.uri) : level.height === parseInt(name, 10)) && video.videoHeight === level.height;
    };
    const until = performance.now() + patienceMs;
    let since = null;
    while (performance.now() < until) {
      if (video.paused) void video.play();
      since = isWanted() ? since ?? video.currentTime : null;
      if (since !== null && video.currentTime > since + 3) return { width: video.videoWidth, height: video.videoHeight };
      await new Promise((done) => setTimeout(done, 50));
    }
    return null;
  }, { name, patienceMs: PATIENCE_MS });
  result.shown.push({ name, ...shown });
  if (shown === null) result.reasons.push(`${name} did not come on the screen.`);
}

/** The names of the rungs on offer, after "Auto". */
async function menuOf(page) {
  await openMenu(page);
  const words = await page.locator(".menu [role=menuitemradio]").evaluateAll((items) => items.map((item) => item.querySelector(".menu__name")?.textContent ?? ""));
  await page.keyboard.press("Escape");
  return words.slice(words.findIndex((word) => word.startsWith("Auto")) + 1).filter((word) => !word.endsWith("×"));
}

async function openMenu(page) {
  await page.mouse.move(300 + Math.random() * 100, 300);
  await page.locator(".settings > button").click();
}

/** Keyframes of its own rhythm, noise that needs more bits than the rungs below it. */
function makeFilm() {
  const film = join(scratch, "Film with its own video.mp4");
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=s=854x480:r=24000/1001:d=${SECONDS}`, "-f", "lavfi", "-i", `sine=f=440:r=48000:d=${SECONDS}`,
    "-vf", "noise=alls=40:allf=t", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "48", "-b:v", "5M", "-c:a", "aac", film,
  ]);
  return film;
}
