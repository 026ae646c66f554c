// Plays a film of two languages, 5.1 and subtitles in a real, headless Chromium, and chooses among them as a viewer
// would: by the menu. What is heard is told by its pitch, what is read by the cues on the screen.
//
//   node tracks.mjs --program APPLIANCE [--chromium FILE]
//
// Makes the film with the ffmpeg program. Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`),
// 2 when it was called wrongly.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { menuOf, pick, tracksOf } from "./menu.mjs";
import { called, expect, judge, open, watch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 60_000;

/** Pitches of the film's languages, in hertz; and how far an analysed pitch may be off, a bin of the analysis each way. */
const ENGLISH = 440;
const GERMAN = 1320;
const PITCH_TOLERANCE = 25;

const SECONDS = 90;
const CUES = [[2, 4, "First words"], [40, 44, "Said <i>later</i> & once"]];

const options = called("tracks.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }) => program);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const { page, address } = await watch({ ...options, name: "tracks", makeFilm, patienceMs: PATIENCE_MS, result, atEnd });
  await choose(page, address);
});

async function choose(page, address) {
  result.menu = tracksOf(await menuOf(page));
  expect(result, "the menu", result.menu, ["Off*", "Deutsch", "Signs", "English*", "Deutsch", "English 5.1"]);
  await expectPitch(page, ENGLISH, "at the start");

  await pick(page, 4);
  await expectPitch(page, GERMAN, "after choosing German");
  await pick(page, 5);
  await expectPitch(page, ENGLISH, "after choosing 5.1");
  expect(result, "channels of the sound chosen", await page.evaluate(() => window.appliance.hls.audioTracks[window.appliance.hls.audioTrack].channels), "6");
  await pick(page, 4);
  await expectPitch(page, GERMAN, "after choosing German again");

  await pick(page, 1);
  const lead = await firstPicture(page);
  for (const [start, end, text] of CUES) {
    expect(result, `the cue at ${start} s`, await cueAt(page, start + 0.3, lead), { start, end, text });
  }

  // Another visit finds what was chosen, by language.
  await page.goto("about:blank");
  await open(page, address);
  await expectPitch(page, GERMAN, "on the next visit");
  expect(result, "the cue on the next visit", await cueAt(page, 2.3, lead), { start: 2, end: 4, text: CUES[0][2] });
  await pick(page, 0);
  await page.waitForFunction(() => [...window.appliance.video.textTracks].every((track) => track.mode !== "showing"));
}

/** Waits until the pitch is heard: what was buffered before a switch may play on for a while. */
async function expectPitch(page, hertz, when) {
  const heard = await page.evaluate(async ({ hertz, tolerance, patienceMs }) => {
    const { video } = window.appliance;
    const ear = (video.ear ??= (() => {
      const context = new AudioContext({ sampleRate: 48_000 });
      const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
      context.createMediaElementSource(video).connect(analyser).connect(context.destination);
      void context.resume();
      return analyser;
    })());
    const bins = new Float32Array(ear.frequencyBinCount);
    const until = performance.now() + patienceMs;
    let pitch = 0;
    while (performance.now() < until) {
      if (video.ended || video.currentTime > video.duration - 20) video.currentTime = 0;
      if (video.paused) void video.play();
      await new Promise((done) => setTimeout(done, 100));
      ear.getFloatFrequencyData(bins);
      pitch = (bins.indexOf(Math.max(...bins)) * 48_000) / 4096;
      if (Math.max(...bins) > -60 && Math.abs(pitch - hertz) <= tolerance) return pitch;
    }
    return pitch;
  }, { hertz, tolerance: PITCH_TOLERANCE, patienceMs: PATIENCE_MS });
  if (Math.abs(heard - hertz) > PITCH_TOLERANCE) result.reasons.push(`${heard} Hz was heard ${when}, not ${hertz} Hz.`);
}

/** When the first picture is shown, by the player's clock: hls.js begins its clock where decoding begins, a little before
 * anything is shown. */
function firstPicture(page) {
  return page.evaluate(() => new Promise((done) => {
    const { video } = window.appliance;
    video.pause();
    video.requestVideoFrameCallback((_, { mediaTime }) => done(mediaTime));
    video.currentTime = 0;
  }));
}

/** Goes to a time of the film and waits for a cue on the screen. Its times are the film's, to the hundredth of a second. */
function cueAt(page, seconds, lead) {
  return page.evaluate(async ({ seconds, lead, patienceMs }) => {
    const { video } = window.appliance;
    const ofFilm = (time) => Math.round((time - lead) * 100) / 100;
    video.pause();
    video.currentTime = seconds;
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      const shown = [...video.textTracks].find((track) => track.mode === "showing");
      const cue = shown?.activeCues?.[0];
      if (cue && !video.seeking) {
        return { start: ofFilm(cue.startTime), end: ofFilm(cue.endTime), text: cue.text.replaceAll("&amp;", "&") };
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    return null;
  }, { seconds, lead, patienceMs: PATIENCE_MS });
}

function makeFilm(scratch) {
  const film = join(scratch, "Film of tracks.mkv");
  const clock = (seconds) => `00:00:${String(seconds).padStart(2, "0")},000`;
  const words = join(scratch, "words.srt");
  writeFileSync(words, CUES.map(([start, end, text], place) => `${place + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`).join("\n"));
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=s=320x180:r=12:d=${SECONDS}`,
    "-f", "lavfi", "-i", `sine=f=${ENGLISH}:r=48000:d=${SECONDS},pan=5.1|FL=c0|FR=c0|FC=c0`,
    "-f", "lavfi", "-i", `sine=f=${GERMAN}:r=48000:d=${SECONDS}`, "-i", words,
    "-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:s", "-map", "3:s",
    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "24", "-c:a", "flac", "-c:s", "srt",
    "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=ger", "-metadata:s:s:0", "language=ger",
    "-metadata:s:s:1", "title=Signs", "-disposition:a:0", "default", film,
  ]);
  return film;
}
