// Lets the players that others use play films of two languages with subtitles, in several containers and codecs: the
// pictures are those of real clips, what is heard is a tone for each language, and what is read is known.
//
//   node player-films.mjs --program APPLIANCE --film mp4|mkv|webm|ts [--media FOLDER] [--chromium FILE]
//
// Makes the film with the ffmpeg program, serves it, and runs players.mjs on it. Without the shared media the pictures are a
// test pattern. Prints what players.mjs prints; exits as it does.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Box } from "../driver/box.mjs";
import { called } from "./verdict.mjs";

const SECONDS = 70;
const TONES = { en: 440, de: 1320 };

/** One cue lies over the border of two segments of text, half a minute each. */
const CUES = [[2, 4, "First"], [28.5, 33.5, "Over <i>the</i> border & on"], [62.12, 64, "Last"]];

/** Where the pictures come from, and what sound and text are made into; a transport stream holds no text that is offered. */
const FILMS = {
  mp4: { clip: "natural/bbb_720p24_aac5.1_30s.ts", sound: ["-c:a", "aac"], text: "mov_text" },
  mkv: { clip: "natural/car-detection.mp4", sound: ["-c:a:0", "flac", "-c:a:1", "libvorbis"], text: "ass" },
  webm: { clip: "containers/bbb_642x642_768kbps_30fps_vp9.webm", sound: ["-c:a", "libopus"], text: "webvtt" },
  ts: { clip: "natural/bottle-detection.mp4", sound: ["-c:a:0", "mp2", "-c:a:1", "ac3"], text: null },
};

/** Of two sizes, and with half as many pictures: making and showing them is the most of it. */
const SMALL = ["-vf", "fps=12,scale=640:360", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "24"];

const options = called(
  "player-films.mjs --program APPLIANCE --film mp4|mkv|webm|ts [--media FOLDER]",
  {
    program: { type: "string" },
    film: { type: "string" },
    media: { type: "string", default: fileURLToPath(new URL("../../../shared/media", import.meta.url)) },
  },
  (values) => values.program && FILMS[values.film]);
const film = FILMS[options.film];
const scratch = mkdtempSync(join(tmpdir(), "player-films-"));
let box = null;
try {
  const path = make();
  if (film.text) writeFileSync(join(scratch, "cues.json"), JSON.stringify({ language: "de", cues: cuesOf(path) }));
  box = await Box.start(options.program, [path, "--data", join(scratch, "data")]);
  await box.sourcesReady();
  const tones = Object.entries(TONES).map((tone) => tone.join("=")).join(",");
  const players = spawn(
    process.execPath,
    [fileURLToPath(new URL("players.mjs", import.meta.url)), box.base, "--tones", tones, "--chromium", options.chromium,
      ...(film.text ? ["--cues", join(scratch, "cues.json")] : [])],
    { stdio: "inherit" });
  [process.exitCode] = await once(players, "exit");
} finally {
  await box?.stop();
  rmSync(scratch, { recursive: true, force: true });
}

function make() {
  const inScratch = (name) => join(scratch, name);
  const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 23).replace(".", ",");
  const subtitle = ([start, end, text], place) => `${place + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`;
  const subtitles = (cues) => cues.map(subtitle).join("\n");
  writeFileSync(inScratch("words.srt"), subtitles(CUES));
  writeFileSync(inScratch("others.srt"), subtitles([[1, SECONDS - 1, "Other"]]));
  const clip = join(options.media, film.clip);
  const pictures = existsSync(clip)
    ? { input: ["-stream_loop", "-1", "-i", clip], codec: options.film === "webm" ? ["-c:v", "copy"] : SMALL }
    : {
      input: ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25"],
      codec: ["-c:v", options.film === "webm" ? "libvpx" : "libx264", "-pix_fmt", "yuv420p", "-g", "50", "-deadline", "realtime"],
    };
  const path = inScratch(`Film of tones.${options.film}`);
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", ...pictures.input,
    ...Object.values(TONES).flatMap((hertz) => ["-f", "lavfi", "-i", `sine=f=${hertz}:r=48000,aformat=channel_layouts=stereo`]),
    ...(film.text ? ["-i", inScratch("others.srt"), "-i", inScratch("words.srt")] : []),
    "-map", "0:v:0", "-map", "1:a", "-map", "2:a", ...(film.text ? ["-map", "3:s", "-map", "4:s", "-c:s", film.text] : []),
    "-t", `${SECONDS}`, ...pictures.codec, ...film.sound,
    "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=ger", "-metadata:s:s:0", "language=eng",
    "-metadata:s:s:1", "language=ger", "-disposition:a:0", "default", path,
  ], { stdio: ["ignore", "ignore", "inherit"] });
  return path;
}

/** The German cues as the film has them: a container moves all of its tracks so that none begins before zero, and writes the
 * film's start wherever that is then. */
function cuesOf(path) {
  const ask = (...what) => JSON.parse(execFileSync("ffprobe", ["-v", "error", "-of", "json", ...what, path], { encoding: "utf8" }));
  const start = Number(ask("-show_entries", "format=start_time").format.start_time);
  const { packets } = ask("-select_streams", "s:1", "-show_entries", "packet=pts_time,duration_time");
  return CUES.map(([begin, , text]) => {
    const packet = packets.find((one) => Math.abs(Number(one.pts_time) - begin) < 0.1);
    const from = Number(packet.pts_time) - start;
    return [from, from + Number(packet.duration_time), text.replaceAll(/<[^>]*>/g, "")];
  });
}
