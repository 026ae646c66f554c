// Plays a film in a real, headless Chromium and switches, by the menu, to its own video, to a rung that is made, and back.
//
//   node original.mjs --program APPLIANCE [--chromium FILE]
//
// Makes the film with the ffmpeg program. Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`),
// 2 when it was called wrongly.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { menuOf, pick } from "./menu.mjs";
import { called, judge, watch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 60_000;

const SECONDS = 60;

const options = called("original.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }) => program);
const result = { ok: false, reasons: [], menu: [], shown: [] };
await judge(result, async (atEnd) => {
  const { page } = await watch({ ...options, name: "original", makeFilm, patienceMs: PATIENCE_MS, result, atEnd });
  await page.evaluate(() => window.appliance.hls.on("hlsError", (_, data) => (window.mediaErrors ??= []).push(`${data.type} ${data.details}`)));
  result.menu = await menuOf(page);
  if (!result.menu.some((word) => /^Original\b/.test(word))) throw new Error(`The menu has no Original: ${result.menu}`);
  for (const name of ["Original", "240p", "Original"]) await choose(page, name);
  const { ranges, errors } = await page.evaluate(() => ({
    ranges: Array.from({ length: window.appliance.video.buffered.length }, (_, i) => [window.appliance.video.buffered.start(i), window.appliance.video.buffered.end(i)]),
    // A stall is a matter of how busy the machine is.
    errors: (window.mediaErrors ?? []).filter((error) => error.startsWith("mediaError") && !error.endsWith("bufferStalledError")),
  }));
  if (ranges.length !== 1) result.reasons.push(`What is buffered has gaps: ${JSON.stringify(ranges)}`);
  result.reasons.push(...errors);
});

/** Chooses a rung and waits until it is on the screen and plays on through another of its segments. */
async function choose(page, name) {
  await pick(page, name);
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

/** Keyframes of its own rhythm, noise that needs more bits than the rungs below it. */
function makeFilm(scratch) {
  const film = join(scratch, "Film with its own video.mp4");
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=s=854x480:r=24000/1001:d=${SECONDS}`, "-f", "lavfi", "-i", `sine=f=440:r=48000:d=${SECONDS}`,
    "-vf", "noise=alls=40:allf=t", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "48", "-b:v", "5M", "-c:a", "aac", film,
  ]);
  return film;
}
