// When things are shown.
import { editBox, editText, playlistOf, segmentPathOf } from "./breaking.mjs";

const BOTH = ["HLS", "DASH"];

/** Every track starts so much late on the clock of the media files. */
const LEAD_SECONDS = 1;

const TICK_SECONDS = 2e-6;

/** The longest a segment of one track may begin after that of another: one frame of sound. */
const SOUND_FRAME_SECONDS = 1024 / 44_100;

const firstShown = (segment) => Math.min(...segment.samples.map((sample) => sample.shown));

export const timeline = [
  {
    id: "tfdt", apple: "", name: "Decode times are those of the timeline", of: BOTH,
    check: (p) => p.of("video", "audio", "iframes").flatMap((track) => {
      const faults = [];
      let expected = null;
      for (const segment of track.segments) {
        const shown = firstShown(segment) / track.init.timescale - LEAD_SECONDS;
        if (Math.abs(shown - segment.start) > TICK_SECONDS * (1 + segment.start)) faults.push(`${track.name} ${segment.uri}: shown at ${shown}, listed at ${segment.start}`);
        for (const chunk of segment.chunks) {
          if (expected !== null && chunk.time !== expected) faults.push(`${track.name} ${segment.uri}: decode time ${chunk.time} instead of ${expected}`);
          expected = chunk.time + chunk.samples.reduce((sum, sample) => sum + sample.ticks, 0);
        }
      }
      return faults;
    }),
    breaks: (raw, p) => editBox(raw, segmentPathOf(p, "video", 1), "tfdt", (body) => body.writeBigUInt64BE(0n, 4)),
  },
  {
    id: "target", apple: "", name: "No segment passes the target by more than 0.5 s", of: ["HLS"],
    check: (p) => p.of("video", "audio", "subtitles", "iframes", "images").flatMap((track) => track.list.segments
      .filter((segment) => !(segment.seconds <= track.list.target + 0.5)).map((segment) => `${track.name} ${segment.uri}: ${segment.seconds} s`)),
    breaks: (raw, p) => editText(raw, playlistOf(p, "audio"), /TARGETDURATION:\d+/, "TARGETDURATION:1"),
  },
  {
    id: "extinf", apple: "", name: "Each duration listed is that of the segment, and they add up within one frame", of: ["HLS"],
    check: (p) => p.of("video", "audio", "iframes").flatMap((track) => {
      const frame = track.kind === "audio" ? track.segments[0].samples[0].ticks / track.init.timescale : p.frameSeconds;
      const faults = track.segments.filter((segment) => {
        const ticks = segment.samples.reduce((sum, sample) => sum + sample.ticks, 0);
        return Math.abs(ticks / track.init.timescale - segment.seconds) > TICK_SECONDS;
      }).map((segment) => `${track.name} ${segment.uri}: listed as ${segment.seconds} s`);
      if (Math.abs(track.list.seconds - p.source.durationSeconds) > frame) faults.push(`${track.name}: ${track.list.seconds} s of ${p.source.durationSeconds}`);
      return faults;
    }),
    breaks: (raw, p) => editText(raw, playlistOf(p, "video"), /EXTINF:[\d.]+/, "EXTINF:1.500000"),
  },
  {
    id: "same-target", apple: "", name: "Picture and sound have one target and one duration", of: ["HLS"],
    check: (p) => {
      const [first, ...others] = p.of("video", "audio");
      return others.flatMap((track) => [
        ...(track.list.target === first.list.target ? [] : [`${track.name}: target ${track.list.target} beside ${first.list.target}`]),
        ...(Math.abs(track.list.seconds - first.list.seconds) <= SOUND_FRAME_SECONDS ? [] : [`${track.name}: ${track.list.seconds} s beside ${first.list.seconds}`]),
      ]);
    },
    breaks: (raw, p) => editText(raw, playlistOf(p, "audio"), /TARGETDURATION:\d+/, "TARGETDURATION:9"),
  },
  {
    id: "aligned", apple: "", name: "Boundaries are aligned: those of pictures exactly, those of sound within a frame", of: BOTH,
    check: (p) => {
      const [first, ...others] = p.of("video", "audio");
      return others.flatMap((track) => track.segments.flatMap((segment, place) => {
        const beside = firstShown(first.segments[place]) / first.init.timescale;
        const apart = Math.abs(firstShown(segment) / track.init.timescale - beside);
        return apart <= (track.kind === "video" ? 0 : SOUND_FRAME_SECONDS) ? [] : [`${track.name} ${segment.uri}: ${apart} s apart`];
      }));
    },
    breaks: (raw, p) => p.of("audio")[0].segments.at(-1).chunks.forEach(() =>
      editBox(raw, segmentPathOf(p, "audio", -1), "tfdt", (body) => body.writeBigUInt64BE(body.readBigUInt64BE(4) + 4096n, 4))),
  },
];
