// What parsers by others make of single pictures and thumbnails.
import hls from "hls-parser";
import m3u8 from "m3u8-parser";
import { createFile } from "mp4box";

const LEAD_SECONDS = 1;

/** @param judge `equal(what, found, wanted)` and `near(what, found, wanted, tolerance)`. */
export async function checkTrickPlay(box, source, judge) {
  if (!source.hasVideo) return;
  const folder = source.master.replace(/[^/]+$/, "");
  const master = (await box.get(source.master)).text();
  const only = hls.parse(master).variants.filter((variant) => variant.isIFrameOnly);
  judge.equal(`${source.title}: I-frame playlists (hls-parser)`, only.length, 1);
  judge.equal(`${source.title}: I-frame playlists (m3u8-parser)`, byM3u8(master).iFramePlaylists.map((one) => one.uri), only.map((one) => one.uri));
  await checkPictures(box, `${source.title} pictures`, folder + only[0].uri, source, only[0].codecs, judge);
  const images = /^#EXT-X-IMAGE-STREAM-INF:.*URI="([^"]+)"/m.exec(master);
  const sheets = hls.parse((await box.get(folder + images[1])).text()).segments;
  const { columns, rows, secondsApart, count } = source.thumbnails;
  judge.equal(`${source.title}: sheets`, sheets.length, Math.ceil(count / (columns * rows)));
  judge.near(`${source.title}: sheets add up`, sum(sheets), source.durationSeconds, 1e-5);
  judge.equal(`${source.title}: thumbnails`, count, Math.ceil(source.durationSeconds / secondsApart - 1e-6));
}

async function checkPictures(box, what, path, source, codec, judge) {
  const text = (await box.get(path)).text();
  const list = hls.parse(text);
  judge.equal(`${what}: EXT-X-I-FRAMES-ONLY`, list.isIFrame, true);
  judge.equal(`${what}: durations`, list.segments.map((one) => one.duration), byM3u8(text).segments.map((one) => one.duration));
  judge.near(`${what}: durations add up`, sum(list.segments), source.durationSeconds, 1e-5);
  const folder = path.replace(/[^/]+$/, "");
  const init = (await box.get(folder + list.segments[0].map.uri)).bytes;
  const last = list.segments.length - 1;
  for (const place of [...new Set([0, Math.floor(last / 2), last])]) {
    const { uri, duration } = list.segments[place];
    const whole = new Uint8Array(Buffer.concat([init, (await box.get(folder + uri)).bytes])).buffer;
    const { info, samples } = samplesOf(whole);
    judge.equal(`${what} ${uri}: codec (mp4box)`, info?.tracks[0].codec, codec);
    judge.equal(`${what} ${uri}: one sync sample (mp4box)`, samples.map((sample) => sample.is_sync), [true]);
    judge.near(`${what} ${uri}: shown at`, samples[0]?.cts / samples[0]?.timescale, LEAD_SECONDS + sum(list.segments.slice(0, place)), 2e-6 * (1 + place));
    judge.near(`${what} ${uri}: lasts`, samples[0]?.duration / samples[0]?.timescale, duration, 2e-6);
  }
}

function samplesOf(whole) {
  const file = createFile();
  const found = { info: null, samples: [] };
  file.onReady = (info) => {
    found.info = info;
    file.setExtractionOptions(info.tracks[0].id, null, { nbSamples: 10_000 });
    file.onSamples = (id, user, given) => found.samples.push(...given);
    file.start();
  };
  file.appendBuffer(Object.assign(whole, { fileStart: 0 }));
  file.flush();
  return found;
}

function byM3u8(text) {
  const parser = new m3u8.Parser();
  parser.push(text);
  parser.end();
  return parser.manifest;
}

function sum(segments) {
  return segments.reduce((total, segment) => total + segment.duration, 0);
}
