// Chooses subtitles of pictures in the menu of the page, in a real, headless Chromium, and looks whether they are in the
// picture, and go when others, or none, are chosen.
//
//   node burn.mjs --program APPLIANCE [--chromium FILE]
//
// Makes the film with the ffmpeg program: grey, with a white rectangle as its subtitle from the third second to the seventh.
// Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`), 2 when it was called wrongly.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { menuOf, pick, tracksOf } from "./menu.mjs";
import { called, expect, judge, watch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 60_000;

const SHOWN = { from: 3, to: 7, x: 80, y: 120, width: 160, height: 40 };

const GREY = 128;
const WHITE = 255;

/** Of 255: what an encoder may change of a flat area. */
const TOLERANCE = 12;

const options = called("burn.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }) => program);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const { page } = await watch({ ...options, name: "burn", makeFilm, patienceMs: PATIENCE_MS, result, atEnd });
  expect(result, "the menu", tracksOf(await menuOf(page)), ["Off*", "Deutsch in the picture"]);
  await expectLight(page, 5, GREY);
  await pick(page, 1);
  await expectLight(page, 5, WHITE);
  await expectLight(page, 2, GREY);
  await expectLight(page, 8, GREY);
  expect(result, "the menu with subtitles chosen", tracksOf(await menuOf(page)), ["Off", "Deutsch in the picture*"]);
  await pick(page, 0);
  await expectLight(page, 5, GREY);
});

/** Goes to a time and waits until the middle of the subtitle's place is as light. */
async function expectLight(page, seconds, light) {
  const seen = await page.evaluate(async ({ seconds, light, x, y, tolerance, patienceMs }) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const until = performance.now() + patienceMs;
    let red = -1;
    for (let turn = 0; performance.now() < until; turn++) {
      const { video } = window.appliance;
      video.pause();
      // Another frame each time: a seek to where the player stands shows nothing new.
      const shown = new Promise((done) => video.requestVideoFrameCallback(done));
      video.currentTime = seconds + (turn % 2) * 0.2;
      await Promise.race([shown, new Promise((done) => setTimeout(done, 2000))]);
      if (video.readyState >= 2 && !video.seeking) {
        context.drawImage(video, 0, 0, canvas.width, canvas.height);
        [red] = context.getImageData(x, y, 1, 1).data;
        if (Math.abs(red - light) <= tolerance) return red;
      }
    }
    return red;
  }, { seconds, light, x: SHOWN.x + SHOWN.width / 2, y: SHOWN.y + SHOWN.height / 2, tolerance: TOLERANCE, patienceMs: PATIENCE_MS });
  if (Math.abs(seen - light) > TOLERANCE) result.reasons.push(`At ${seconds} s the subtitle's place is ${seen} and not ${light}.`);
}

function makeFilm(scratch) {
  const film = join(scratch, "Film of pictures.mkv");
  const words = join(scratch, "words.sup");
  writeFileSync(words, sup());
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-copyts", "-f", "lavfi", "-i", "color=c=gray:s=320x180:r=25:d=12", "-i", words, "-map", "0:v", "-map", "1:s",
    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", "-c:s", "copy", "-metadata:s:s:0", "language=ger", film,
  ]);
  return film;
}

/** One white rectangle as discs have their subtitles (PGS), which ffmpeg has no encoder for. */
function sup() {
  const { from, to, x, y, width, height } = SHOWN;
  const two = (value) => [value >> 8, value & 255];
  const segment = (seconds, kind, content) => {
    const head = Buffer.alloc(13);
    head.write("PG", "latin1");
    head.writeUInt32BE(seconds * 90_000, 2);
    head[10] = kind;
    head.writeUInt16BE(content.length, 11);
    return Buffer.concat([head, Buffer.from(content)]);
  };
  const canvas = [...two(320), ...two(180), 0x10];
  const window = [1, 0, ...two(x), ...two(y), ...two(width), ...two(height)];
  const pixels = Array.from({ length: height }, () => [0, 0xc0 | (width >> 8), width & 255, 1, 0, 0]).flat();
  return Buffer.concat([
    segment(from, 0x16, [...canvas, 0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, ...two(x), ...two(y)]),
    segment(from, 0x17, window),
    segment(from, 0x14, [0, 0, 1, 235, 128, 128, 255]),
    segment(from, 0x15, [0, 0, 0, 0xc0, 0, ...two(pixels.length + 4), ...two(width), ...two(height), ...pixels]),
    segment(from, 0x80, []),
    segment(to, 0x16, [...canvas, 0, 1, 0, 0, 0, 0]),
    segment(to, 0x17, window),
    segment(to, 0x80, []),
  ]);
}
