// Reads what a running appliance serves with parsers that others wrote, and compares with what the appliance promises.
//
//   node check.mjs --program APPLIANCE [--codecs h264,hevc,av1] FILE…
//
// Playlists: hls-parser and m3u8-parser; manifests: mpd-parser and ffprobe. Media: codem-isoboxer, mp4box and mux.js.
// Subtitles: media-captions. Exit: 0 they agree, 1 not, 2 called wrongly.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import isoboxer from "codem-isoboxer";
import hls from "hls-parser";
import m3u8 from "m3u8-parser";
import { createFile } from "mp4box";
import { Box } from "../driver/box.mjs";
import { checkText } from "./text.mjs";
import { checkManifest } from "./manifest.mjs";
import { checkSteering } from "./steering.mjs";
import { checkTrickPlay } from "./trickplay.mjs";

const LEAD_SECONDS = 1;
const AUDIO_FRAME = 1024;
const AUDIO_RATE = 48_000;

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { program: { type: "string" }, codecs: { type: "string" } } });
if (!options.program || positionals.length === 0) {
  console.error("usage: node check.mjs --program APPLIANCE [--codecs h264,hevc,av1] FILE…");
  process.exit(2);
}

const faults = [];
let holds = 0;
const scratch = mkdtempSync(join(tmpdir(), "oracles-"));
const box = await Box.start(options.program, [...positionals, "--data", scratch, ...(options.codecs ? ["--codecs", options.codecs] : [])]);
try {
  for (const { id } of await box.sourcesReady()) {
    const source = await box.json(`/v1/sources/${id}`);
    const codecs = new Map();
    for (const rendition of source.renditions.filter(({ kind }) => kind === "text")) {
      await checkText(box, source, rendition, equal);
    }
    for (const rendition of source.renditions.filter(({ kind }) => kind !== "text")) {
      codecs.set(rendition.playlist.split("/").slice(-2).join("/"), await checkRendition(source, rendition));
    }
    await checkMaster(source, codecs);
    await checkManifest(box, source, { equal, near });
    await checkTrickPlay(box, source, { equal, near });
    await checkSteering(box, source, { equal });
  }
} finally {
  await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${holds} comparisons hold, ${faults.length} do not`);
for (const fault of faults) console.log(`FAULT ${fault}`);
process.exitCode = faults.length === 0 && holds > 0 ? 0 : 1;

/** @param codecs of each playlist, as its init segment says. */
async function checkMaster(source, codecs) {
  const text = (await box.get(source.master)).text();
  const byHls = hls.parse(text);
  const byM3u8 = new m3u8.Parser();
  byM3u8.push(text);
  byM3u8.end();
  const ofKind = (kind) => source.renditions.filter((rendition) => rendition.kind === kind);
  const sounds = ofKind("audio");
  const layouts = new Set(sounds.map(({ channels }) => channels)).size;
  // Every picture stands once with each group of sound; where there is no picture, the default track is the variant.
  const rungs = source.hasVideo ? ofKind("video") : [];
  const variants = byHls.variants.filter((variant) => !variant.isIFrameOnly);
  const expected = source.hasVideo ? rungs.length * Math.max(1, layouts) : layouts;
  equal(`${source.title}: variants (hls-parser)`, variants.length, expected);
  equal(`${source.title}: variants (m3u8-parser)`, byM3u8.manifest.playlists.length, expected);
  const highest = (renditions, rate) => Math.max(0, ...renditions.map((rendition) => rendition[rate]));
  const at = (uri) => sounds.find(({ playlist }) => playlist.endsWith(uri));
  variants.forEach((variant, place) => {
    const members = variant.audio.map(({ uri }) => at(uri ?? variant.uri));
    const rung = source.hasVideo ? rungs[place % rungs.length] : at(variant.uri);
    const playedWith = source.hasVideo || members.length > 0 ? members : [rung];
    const sound = playedWith[0];
    const attributes = byM3u8.manifest.playlists[place].attributes;
    const what = `${source.title} ${rung.name}`;
    equal(`${what}: address`, variant.uri, byM3u8.manifest.playlists[place].uri);
    // A variant is all that plays together: the picture, and the largest of its sounds and subtitles.
    const together = (rate) => (source.hasVideo ? rung[rate] : 0) + highest(playedWith, rate) + highest(ofKind("text"), rate);
    const peak = together("peakBitsPerSecond");
    const average = together("averageBitsPerSecond");
    equal(`${what}: names of its sound`, new Set(variant.audio.map(({ name }) => name)).size, variant.audio.length);
    equal(`${what}: subtitles`, variant.subtitles.length, ofKind("text").length);
    equal(`${what}: BANDWIDTH`, [variant.bandwidth, attributes.BANDWIDTH], [peak, peak]);
    equal(`${what}: AVERAGE-BANDWIDTH`, [variant.averageBandwidth, Number(attributes["AVERAGE-BANDWIDTH"])], [average, average]);
    const wanted = [codecs.get(variant.uri)];
    if (source.hasVideo) {
      equal(`${what}: RESOLUTION`, [variant.resolution, attributes.RESOLUTION],
        [{ width: rung.width, height: rung.height }, { width: rung.width, height: rung.height }]);
      near(`${what}: FRAME-RATE`, variant.frameRate, fraction(source.frameRate), 0.0005);
      if (sound) wanted.push(codecs.get(sound.playlist.split("/").slice(-2).join("/")));
    }
    equal(`${what}: CODECS`, [variant.codecs, attributes.CODECS].map(withoutColours), [wanted.join(","), wanted.join(",")]);
  });
}

/** mp4box leaves out the optional fields of AV1's codec string, which tell the colours. */
function withoutColours(codecs) {
  return codecs.replace(/(av01(?:\.[^.,]+){3})\.[^,]*/g, "$1");
}

/** @returns the codec string that mp4box reads from the init segment. */
async function checkRendition(source, rendition) {
  const what = `${source.title} ${rendition.name}`;
  const text = (await box.get(rendition.playlist)).text();
  const byHls = hls.parse(text);
  const byM3u8 = new m3u8.Parser();
  byM3u8.push(text);
  byM3u8.end();
  const durations = byHls.segments.map((segment) => segment.duration);
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  equal(`${what}: EXTINF`, durations, byM3u8.manifest.segments.map((segment) => segment.duration));
  equal(`${what}: ENDLIST`, [byHls.endlist, byM3u8.manifest.endList], [true, true]);
  near(`${what}: sum of durations`, total, source.durationSeconds, rendition.kind === "video" ? 0.00001 : AUDIO_FRAME / AUDIO_RATE);
  equal(`${what}: TARGETDURATION holds all`, durations.every((duration) => Math.round(duration) <= byHls.targetDuration), true);
  equal(`${what}: MAP`, byHls.segments[0].map.uri, byM3u8.manifest.segments[0].map.uri);

  const folder = rendition.playlist.replace(/[^/]+$/, "");
  const init = (await box.get(folder + byHls.segments[0].map.uri)).bytes;
  const rate = rendition.kind === "video" ? fraction(source.frameRate) : AUDIO_RATE / AUDIO_FRAME;
  const last = byHls.segments.length - 1;
  let codec = "";
  for (const place of [...new Set([0, Math.min(1, last), last])]) {
    const { uri, duration } = byHls.segments[place];
    const start = durations.slice(0, place).reduce((sum, one) => sum + one, 0);
    const bytes = (await box.get(folder + uri)).bytes;
    codec = checkSegment(`${what} ${uri}`, init, bytes, { rendition, rate, start, frames: Math.round(duration * rate) });
  }
  return codec;
}

function checkSegment(what, init, segment, { rendition, rate, start, frames }) {
  const whole = new Uint8Array(Buffer.concat([init, segment])).buffer;

  const boxes = isoboxer.parseBuffer(whole);
  const timescale = boxes.fetch("mdhd").timescale;
  const ticks = boxes.fetchAll("tfhd").map((header) => header.default_sample_duration);
  const times = boxes.fetchAll("tfdt").map((header) => header.baseMediaDecodeTime);
  const runs = boxes.fetchAll("trun");
  equal(`${what}: samples (isoboxer)`, runs.reduce((sum, run) => sum + run.sample_count, 0), frames);
  let expected = times[0];
  const continuous = times.every((time, place) => {
    const fits = time === expected;
    expected = time + runs[place].sample_count * ticks[place];
    return fits;
  });
  equal(`${what}: decode times of the chunks follow each other`, continuous, true);
  near(`${what}: ticks a sample`, ticks[0] / timescale, 1 / rate, 1e-9);
  const offset = runs[0].samples[0].sample_composition_time_offset ?? 0;
  near(`${what}: first presentation (isoboxer)`, (times[0] + offset) / timescale, LEAD_SECONDS + start, 0.000002);

  const file = createFile();
  let info = null;
  const samples = [];
  file.onReady = (read) => {
    info = read;
    file.setExtractionOptions(read.tracks[0].id, null, { nbSamples: 10_000 });
    file.onSamples = (id, user, given) => samples.push(...given);
    file.start();
  };
  file.appendBuffer(Object.assign(whole, { fileStart: 0 }));
  file.flush();
  equal(`${what}: tracks (mp4box)`, info?.tracks.length, 1);
  equal(`${what}: samples (mp4box)`, samples.length, frames);
  near(`${what}: first presentation (mp4box)`, samples[0]?.cts / samples[0]?.timescale, LEAD_SECONDS + start, 0.000002);
  equal(`${what}: begins with a sync sample`, samples[0]?.is_sync, true);
  if (rendition.kind === "video") {
    equal(`${what}: size`, [info.tracks[0].video.width, info.tracks[0].video.height], [rendition.width, rendition.height]);
  }
  return info?.tracks[0].codec;
}

function equal(what, found, wanted) {
  if (JSON.stringify(found) === JSON.stringify(wanted)) holds++;
  else faults.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

function near(what, found, wanted, tolerance) {
  if (Math.abs(found - wanted) <= tolerance) holds++;
  else faults.push(`${what}: ${found} instead of ${wanted}`);
}

function fraction(text) {
  const [numerator, denominator = 1] = text.split("/").map(Number);
  return numerator / denominator;
}
