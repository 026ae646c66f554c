// Reads a rendition of subtitles as a player would: playlist, segments, cues.
import hls from "hls-parser";
import { parseText } from "media-captions";

/** The media files' clock runs a second ahead of the timeline, in ticks of 90 kHz. */
const TIMESTAMP_MAP = /^WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00\.000\n/;

/** @param equal notes a comparison: what, seen, expected. */
export async function checkText(box, source, rendition, equal) {
  const what = `${source.title} ${rendition.name}`;
  const playlist = hls.parse((await box.get(rendition.playlist)).text());
  const total = playlist.segments.reduce((sum, segment) => sum + segment.duration, 0);
  equal(`${what}: lasts as long as the film`, Math.abs(total - source.durationSeconds) < 0.00001, true);
  equal(`${what}: ENDLIST`, playlist.endlist, true);
  equal(`${what}: TARGETDURATION holds all`, playlist.segments.every(({ duration }) => Math.round(duration) <= playlist.targetDuration), true);
  const folder = rendition.playlist.replace(/[^/]+$/, "");
  let start = 0;
  for (const { uri, duration } of playlist.segments) {
    const answer = await box.get(folder + uri);
    const { cues, errors } = await parseText(answer.text(), { type: "vtt", strict: false, errors: true });
    equal(`${what} ${uri}: media type`, answer.headers.get("content-type"), "text/vtt; charset=utf-8");
    equal(`${what} ${uri}: clock`, TIMESTAMP_MAP.test(answer.text()), true);
    equal(`${what} ${uri}: errors (media-captions)`, errors.map(String), []);
    equal(`${what} ${uri}: cues read`, cues.length, answer.text().split(" --> ").length - 1);
    equal(`${what} ${uri}: cues are of its span`, cues.every((cue) => cue.startTime < start + duration && cue.endTime > start - 0.001), true);
    equal(`${what} ${uri}: in order`, cues.every((cue, place) => place === 0 || cue.startTime >= cues[place - 1].startTime), true);
    start += duration;
  }
}
