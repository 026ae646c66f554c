// Lets a real, headless Chromium decode the renditions of one codec, straight through Media Source Extensions.
//
//   node codec.mjs --program APPLIANCE --codec av01 [--chromium FILE] FILE
//
// Each variant whose CODECS begins so is given to the browser: its init segment, its first segment and its third, without
// the second. Prints what was shown; exits 0 when all of it held, 1 when not, 2 when called wrongly, 3 when this browser
// has no such decoder.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Box } from "../driver/box.mjs";

const NO_DECODER = 3;
const SEGMENTS = [0, 2];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: "string" }, codec: { type: "string" }, chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" } },
});
if (!options.program || !options.codec || positionals.length !== 1) {
  console.error("usage: node codec.mjs --program APPLIANCE --codec av01 [--chromium FILE] FILE");
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "codec-"));
const box = await Box.start(options.program, [...positionals, "--data", scratch, "--codecs", "h264,hevc,av1"]);
const browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const [{ id }] = await box.sourcesReady();
  const { master } = await box.json(`/v1/sources/${id}`);
  const lines = (await box.get(master)).text().split("\n");
  const variants = lines.flatMap((line, place) => {
    const codec = /CODECS="([^",]+)/.exec(line)?.[1];
    const [width, height] = (/RESOLUTION=(\d+x\d+)/.exec(line)?.[1] ?? "0x0").split("x").map(Number);
    return codec?.startsWith(options.codec) ? [{ codec, width, height, folder: new URL(lines[place + 1], box.base + master).href.replace(/index\.m3u8$/, "") }] : [];
  });
  const page = await browser.newPage();
  await page.goto(box.base);
  process.exitCode = variants.length === 0 ? 1 : 0;
  for (const variant of variants) {
    const shown = await page.evaluate(decode, { ...variant, segments: SEGMENTS });
    const holds = shown.width === variant.width && shown.height === variant.height && shown.ranges.length === SEGMENTS.length && !shown.error;
    console.log(`${holds ? "shown" : "NOT SHOWN"} ${variant.codec}: ${JSON.stringify(shown)}`);
    if (shown.unsupported) process.exitCode = NO_DECODER;
    else if (!holds) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs in the page: what the browser makes of a variant. */
async function decode({ codec, folder, segments }) {
  const type = `video/mp4; codecs="${codec}"`;
  if (!MediaSource.isTypeSupported(type)) return { unsupported: true, ranges: [] };
  const video = document.createElement("video");
  const happens = (target, name) => new Promise((done, failed) => {
    target.addEventListener(name, done, { once: true });
    video.addEventListener("error", () => failed(new Error(video.error.message)), { once: true });
  });
  const source = new MediaSource();
  video.muted = true;
  video.src = URL.createObjectURL(source);
  try {
    await happens(source, "sourceopen");
    const buffer = source.addSourceBuffer(type);
    for (const part of ["init.mp4", ...segments.map((index) => `${index}.m4s`)]) {
      const bytes = await (await fetch(folder + part)).arrayBuffer();
      const appended = happens(buffer, "updateend");
      buffer.appendBuffer(bytes);
      await appended;
    }
    const ranges = Array.from({ length: buffer.buffered.length }, (_, range) => [buffer.buffered.start(range), buffer.buffered.end(range)]);
    for (const [start, end] of ranges) {
      // A frame is handed over only when it has been decoded.
      const frame = new Promise((done) => video.requestVideoFrameCallback(done));
      video.currentTime = (start + end) / 2;
      await Promise.race([frame, happens(video, "seeked").then(() => frame)]);
    }
    return { width: video.videoWidth, height: video.videoHeight, ranges };
  } catch (error) {
    return { error: String(error), ranges: [] };
  }
}
