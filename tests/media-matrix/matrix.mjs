// Serves files through a running appliance and judges what comes out with the ffmpeg programs.
//
//   node matrix.mjs --program APPLIANCE [--table FILE] FILE|FOLDER…
//
// Prints one line a file and a summary; --table also writes them as Markdown. A folder named "broken" holds media of which
// only survival is asked: nothing may crash, hang or leak; all other media that ffmpeg decodes must come out right.
// Exit: 0 all is well, 1 something is not, 2 called wrongly.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Box, segmentsOf, sourceId } from "../driver/box.mjs";
import { decodeFault, decodedBy, times } from "../driver/witness.mjs";

/** How much of a file the witness decodes to tell whether it can. */
const LOOK_SECONDS = 3;

/** A picture is shown from here on the clock of the media files (docs: Grid.MediaClockLeadSeconds). */
const LEAD_SECONDS = 1;

/** Longest wait for one answer: far above every measured one, so that only a hang meets it. */
const PATIENCE_MS = 90_000;

/** The top rung is checked up to this many pixels a second, else the one in the middle. */
const CHEAP_PIXELS_A_SECOND = 1280 * 720 * 60;

const AUDIO_RATE = 48_000;
const AUDIO_FRAME = 1024;
const FILES_AT_ONCE = 2;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: "string" }, table: { type: "string" } },
});
if (!options.program || positionals.length === 0) {
  console.error("usage: node matrix.mjs --program APPLIANCE [--table FILE] FILE|FOLDER…");
  process.exit(2);
}

const files = positionals.flatMap((path) => (statSync(path).isDirectory()
  ? readdirSync(path).sort().map((name) => resolve(path, name))
  : [resolve(path)]));
const scratch = mkdtempSync(join(tmpdir(), "media-matrix-"));
const started = Date.now();
const box = await Box.start(options.program, ["--data", join(scratch, "data")]);
const rows = [];
let activity = null;
let end = null;
try {
  for (const file of files) {
    await box.get("/v1/sources", { method: "POST", body: JSON.stringify({ path: file }), headers: { "content-type": "application/json" } });
  }
  const waiting = files.map((file, place) => ({ file, place }));
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, async () => {
    for (let next = waiting.shift(); next && !box.exit; next = waiting.shift()) {
      const row = await judge(next.file, join(scratch, `${next.place}`));
      rows[next.place] = row;
      console.log(line(row));
    }
  }));
  activity = box.exit ? null : await box.idle();
} finally {
  end = box.exit ? { ...box.exit, leaked: box.workers(), crashed: true } : await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = summarise() ? 0 : 1;

/** @returns file, folder, outcome, note, frames and seconds of one file. */
async function judge(file, prefix) {
  const row = { file: basename(file), folder: basename(dirname(file)), outcome: "", note: "", frames: 0, seconds: 0 };
  const mustPlay = row.folder !== "broken";
  const begun = Date.now();
  try {
    const id = sourceId(file);
    const source = await described(id);
    const witness = await decodedBy(file, LOOK_SECONDS);
    const decodable = witness.video + witness.audio > 0;
    if (source.state === "refused") {
      const saw = witness.video + witness.audio;
      row.outcome = decodable ? (mustPlay ? "MISS" : "refused") : "refused, as ffmpeg does";
      row.note = `${source.reason}${decodable ? ` (ffmpeg decodes ${saw} frames of its first ${LOOK_SECONDS} s)` : ""}`;
      return row;
    }

    const served = Date.now();
    const faults = [];
    for (const rendition of chosen(source)) {
      const { frames, fault } = await check(source, rendition, `${prefix}-${rendition.name}.mp4`);
      row.frames += frames;
      if (fault) faults.push(`${rendition.name}: ${fault}`);
    }
    row.seconds = (Date.now() - served) / 1000;
    row.note = faults.join("; ");
    row.outcome = faults.length === 0 ? "ok" : faults.some((fault) => fault.includes("HANG")) ? "HANG" : mustPlay ? "MISS" : "in part";
    if (faults.length === 0 && mustPlay) {
      if (witness.video > 0 && !source.hasVideo) Object.assign(row, { outcome: "MISS", note: "ffmpeg finds a picture; none is served" });
      if (witness.audio > 0 && !source.hasAudio) Object.assign(row, { outcome: "MISS", note: "ffmpeg finds sound; none is served" });
    }
  } catch (error) {
    row.outcome = error.name === "TimeoutError" ? "HANG" : "MISS";
    row.note = `${error.message}${error.cause ? `: ${error.cause.message}` : ""}`;
  } finally {
    row.seconds ||= (Date.now() - begun) / 1000;
  }
  return row;
}

async function described(id) {
  const end = Date.now() + PATIENCE_MS * 4;
  for (;;) {
    const answer = await box.get(`/v1/sources/${id}`, { limitMs: PATIENCE_MS });
    if (answer.status === 200 && answer.json().state !== "probing") return answer.json();
    if (Date.now() > end) throw Object.assign(new Error("It was never described."), { name: "TimeoutError" });
    await delay(100);
  }
}

/** One rung of picture, and the sound. */
function chosen(source) {
  const rungs = source.renditions.filter((rendition) => rendition.kind === "video");
  const rate = rungs.length > 0 ? fraction(source.frameRate) : 0;
  const cheap = rungs.length > 0 && rungs[0].width * rungs[0].height * rate <= CHEAP_PIXELS_A_SECOND;
  const rung = cheap ? rungs[0] : rungs[Math.floor(rungs.length / 2)];
  return [rung, ...source.renditions.filter((rendition) => rendition.kind === "audio")].filter(Boolean);
}

/** Fetches the first, the middle and the last segment and has them decoded in one go. */
async function check(source, rendition, scratchFile) {
  const folder = rendition.playlist.replace(/[^/]+$/, "");
  const all = segmentsOf((await fetched(rendition.playlist)).text());
  if (all.length === 0) return { frames: 0, fault: "its playlist is empty" };
  const wanted = [...new Set([0, Math.floor(all.length / 2), all.length - 1])].map((place) => all[place]);
  const parts = [(await fetched(`${folder}init.mp4`)).bytes];
  const expected = [];
  for (const segment of wanted) {
    parts.push((await fetched(folder + segment.file)).bytes);
    expected.push(...instants(source, rendition, segment));
  }
  writeFileSync(scratchFile, Buffer.concat(parts));
  const seen = await times(scratchFile, rendition.kind === "video" ? "frame" : "packet");
  const late = seen.findIndex((time, place) => !(Math.abs(time - expected[place]) <= 0.001));
  const fault = seen.length !== expected.length ? `${seen.length} frames where the grid has ${expected.length}`
    : late >= 0 ? `frame ${late} lies at ${seen[late]} s instead of ${expected[late].toFixed(6)} s`
    : await decodeFault(scratchFile);
  rmSync(scratchFile);
  return { frames: seen.length, fault };
}

/** When each frame of a segment must be shown. */
function instants(source, rendition, segment) {
  const perSecond = rendition.kind === "video" ? fraction(source.frameRate) : AUDIO_RATE / AUDIO_FRAME;
  const first = Math.round(segment.start * perSecond);
  return Array.from({ length: Math.round(segment.seconds * perSecond) }, (_, place) => LEAD_SECONDS + (first + place) / perSecond);
}

async function fetched(path) {
  const answer = await box.get(path, { limitMs: PATIENCE_MS }).catch((error) => {
    throw error.name === "TimeoutError" ? Object.assign(error, { message: `HANG: ${path}` }) : error;
  });
  if (answer.status !== 200) throw new Error(`${path.replace(/^.*\//, "")} answered ${answer.status}: ${answer.json().detail}`);
  return answer;
}

function fraction(text) {
  const [numerator, denominator = 1] = text.split("/").map(Number);
  return numerator / denominator;
}

function line(row) {
  return `${`${row.folder}/${row.file}`.padEnd(64)} ${row.outcome.padEnd(8)} ${String(row.frames).padStart(5)} ${row.seconds.toFixed(1).padStart(6)} s  ${row.note}`;
}

function summarise() {
  const judged = rows.filter(Boolean);
  const counts = {};
  for (const row of judged) counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
  const count = (outcome) => counts[outcome] ?? 0;
  const crashes = end.crashed || end.code !== 0 ? 1 : 0;
  const sums = [
    `${judged.length} files in ${Math.round((Date.now() - started) / 1000)} s: ${Object.entries(counts).map(([name, n]) => `${n} ${name}`).join(", ")}`,
    `appliance: ${crashes} crashes (it ended with ${end.code ?? end.signal}), ${count("HANG")} hangs, ${end.leaked.length} workers left behind`,
    `workers: ${activity?.pool.restarts ?? "?"} ended unasked and were replaced, ${activity?.pool.hung ?? "?"} of them hung, ${activity?.pool.quarantined.length ?? "?"} places quarantined`,
  ];
  for (const place of activity?.pool.quarantined ?? []) sums.push(`quarantined: ${place.place}: ${place.reason}`);
  if (crashes > 0) sums.push(...box.log.slice(-20));
  console.log(`\n${sums.join("\n")}`);
  if (options.table) {
    const cell = (text) => String(text).replaceAll("|", "\\|");
    const table = judged.map((row) => `| ${cell(row.folder)}/${cell(row.file)} | ${row.outcome} | ${row.frames} | ${row.seconds.toFixed(1)} | ${cell(row.note)} |`);
    writeFileSync(options.table, ["| file | outcome | frames checked | seconds | |", "|---|---|---|---|---|", ...table, "", ...sums.map((text) => `- ${text}`), ""].join("\n"));
  }
  return judged.length === files.length && crashes + count("HANG") + count("MISS") + end.leaked.length === 0;
}
