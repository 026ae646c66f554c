// Lets a real, headless Chromium decode the renditions of one codec, straight through Media Source Extensions.
//
//   node codec.mjs --program APPLIANCE --codec av01 [--chromium FILE] FILE
//
// Each variant whose CODECS begins so is given to the browser: its init segment, its first segment and its third, without
// the second. Prints one JSON object; exits 0 when all of it was shown, 1 when not (`reasons`), 2 when called wrongly, 3 when this
// browser has no such decoder.
import { Box } from "../driver/box.mjs";
import { called, judge, launch, scratchFolder } from "./verdict.mjs";

const NO_DECODER = 3;
const SEGMENTS = [0, 2];

const options = called(
  "codec.mjs --program APPLIANCE --codec av01 FILE",
  { program: { type: "string" }, codec: { type: "string" } },
  ({ program, codec }, files) => program && codec && files.length === 1);
const result = { ok: false, reasons: [], shown: [] };
await judge(result, async (atEnd) => {
  const box = await Box.start(options.program, [...options.positionals, "--data", scratchFolder("codec", atEnd), "--codecs", "h264,hevc,av1"]);
  atEnd(() => box.stop());
  const [{ id }] = await box.sourcesReady();
  const { master } = await box.json(`/v1/sources/${id}`);
  const lines = (await box.get(master)).text().split("\n");
  const variants = lines.flatMap((line, place) => {
    const codec = /CODECS="([^",]+)/.exec(line)?.[1];
    const [width, height] = (/RESOLUTION=(\d+x\d+)/.exec(line)?.[1] ?? "0x0").split("x").map(Number);
    return codec?.startsWith(options.codec) ? [{ codec, width, height, folder: new URL(lines[place + 1], box.base + master).href.replace(/index\.m3u8$/, "") }] : [];
  });
  if (variants.length === 0) result.reasons.push(`Nothing is offered in ${options.codec}.`);
  const browser = await launch(options.chromium, atEnd);
  const page = await browser.newPage();
  await page.goto(box.base);
  for (const variant of variants) {
    const shown = await page.evaluate(decode, { ...variant, segments: SEGMENTS });
    result.shown.push({ codec: variant.codec, ...shown });
    const holds = shown.width === variant.width && shown.height === variant.height && shown.ranges.length === SEGMENTS.length && !shown.error;
    if (!holds) result.reasons.push(`${variant.codec} of ${variant.width}×${variant.height} is not shown.`);
  }
});
if (result.shown.some(({ unsupported }) => unsupported)) process.exitCode = NO_DECODER;

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
