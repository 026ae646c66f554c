// What mpd-parser, mux.js and ffprobe make of the manifest, beside what the appliance says of the source.
import { parse } from "mpd-parser";
import muxjs from "mux.js";
import { run } from "../driver/witness.mjs";

const LEAD_SECONDS = 1;
const SOUND_FRAME_SECONDS = 1024 / 44_100;

/** @param judge `equal(what, found, wanted)` and `near(what, found, wanted, tolerance)`. */
export async function checkManifest(box, source, judge) {
  const what = `${source.title} DASH`;
  const address = new URL(source.manifest, box.base).href;
  const { playlists, mediaGroups, duration } = parse((await box.get(source.manifest)).text(), { manifestUri: address });
  const of = (kind) => source.renditions.filter((rendition) => rendition.kind === kind);
  const sounds = Object.values(mediaGroups.AUDIO.audio ?? {}).flatMap((group) => group.playlists);
  const pictures = playlists.filter((one) => one.attributes.RESOLUTION);
  judge.near(`${what}: duration`, duration, source.durationSeconds, 1e-6);
  judge.equal(`${what}: rungs (mpd-parser)`, pictures.map((one) => one.attributes.NAME).sort(), of("video").map((one) => one.id).sort());
  if (source.hasVideo) judge.equal(`${what}: sounds (mpd-parser)`, sounds.map((one) => one.attributes.NAME).sort(), of("audio").map((one) => one.id).sort());
  const words = Object.values(mediaGroups.SUBTITLES.subs ?? {}).flatMap((group) => group.playlists);
  judge.equal(`${what}: subtitles (mpd-parser)`, words.map((one) => one.attributes.NAME).sort(), of("text").map((one) => one.id).sort());
  for (const rendition of of("text")) {
    const list = words.find((one) => one.attributes.NAME === rendition.id);
    if (list) checkText(`${what} ${rendition.name}`, source, rendition, list, judge);
  }
  for (const rendition of [...of("video"), ...of("audio")]) {
    const list = [...playlists, ...sounds].find((one) => one.attributes.NAME === rendition.id);
    if (list) await checkList(`${what} ${rendition.name}`, box, source, rendition, list, judge);
  }
  await checkByFfprobe(what, address, source, judge);
}

async function checkList(what, box, source, rendition, list, judge) {
  judge.equal(`${what}: bandwidth`, list.attributes.BANDWIDTH, rendition.peakBitsPerSecond);
  const isPicture = rendition.kind === "video";
  if (isPicture) judge.equal(`${what}: size`, list.attributes.RESOLUTION, { width: rendition.width, height: rendition.height });
  const total = list.segments.reduce((sum, segment) => sum + segment.duration, 0);
  judge.near(`${what}: durations add up`, total, source.durationSeconds, isPicture ? 1e-5 : SOUND_FRAME_SECONDS);
  const get = async (address) => (await box.get(new URL(address).pathname)).bytes;
  const init = await get(list.segments[0].map.resolvedUri);
  const timescales = muxjs.mp4.probe.timescale(init);
  judge.equal(`${what}: tracks (mux.js)`, muxjs.mp4.probe.tracks(init).map((track) => track.type), [rendition.kind]);
  const last = list.segments.length - 1;
  for (const place of [...new Set([0, Math.min(1, last), last])]) {
    const segment = list.segments[place];
    const bytes = await get(segment.resolvedUri);
    const start = muxjs.mp4.probe.compositionStartTime(timescales, bytes);
    judge.near(`${what} ${segment.uri}: first presentation (mux.js)`, start, LEAD_SECONDS + segment.presentationTime, 2e-6);
  }
}

/** The files are those of HLS, where other witnesses read them; here, that they are found and when they begin. */
function checkText(what, source, rendition, list, judge) {
  judge.equal(`${what}: bandwidth`, list.attributes.BANDWIDTH, rendition.peakBitsPerSecond);
  judge.near(`${what}: durations add up`, list.segments.reduce((sum, segment) => sum + segment.duration, 0), source.durationSeconds, 1e-5);
  judge.near(`${what}: begins with the period`, list.segments[0].presentationTime, 0, 1e-9);
  const folder = rendition.playlist.replace(/[^/]+$/, "");
  judge.equal(`${what}: addresses`, list.segments.map((segment) => new URL(segment.resolvedUri).pathname), list.segments.map((_, place) => `${folder}${place}.vtt`));
}

/** ffmpeg's own reader of manifests counts the packets of every rendition. Where it was built without, it says nothing. */
async function checkByFfprobe(what, address, source, judge) {
  const { output: formats } = await run("ffprobe", ["-v", "quiet", "-demuxers"]);
  if (!/^\s*D\s+dash\s/m.test(formats)) return;
  const read = async (...what) => {
    const { output } = await run("ffprobe", ["-v", "error", ...what, "-of", "json", address], 120_000);
    return JSON.parse(output || "{}").streams ?? [];
  };
  const streams = await read("-show_entries", "stream=codec_type");
  const kinds = source.renditions.map((one) => (one.kind === "text" ? "subtitle" : one.kind));
  judge.equal(`${what}: streams (ffprobe)`, streams.map((stream) => stream.codec_type).sort(), kinds.sort());

  // Each by itself: read together, all end with the first that does.
  const frames = Math.round(source.durationSeconds * fraction(source.frameRate ?? "0"));
  for (let place = 0; place < kinds.filter((kind) => kind === "video").length; place++) {
    const [stream] = await read("-select_streams", `v:${place}`, "-count_packets", "-show_entries", "stream=nb_read_packets");
    judge.equal(`${what}: pictures of ${place} (ffprobe)`, Number(stream?.nb_read_packets), frames);
  }
}

function fraction(text) {
  const [numerator, denominator = 1] = text.split("/").map(Number);
  return numerator / denominator;
}
