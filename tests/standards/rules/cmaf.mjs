// What the media files must be like (ISO/IEC 23000-19).
import { editBox, initPathOf, segmentPathOf } from "./breaking.mjs";

const BOTH = ["HLS", "DASH"];

const files = (p) => p.of("video", "audio", "iframes").flatMap((track) => track.segments.map((segment) => ({ track, segment })));

const chunksWhere = (p, wrong) => files(p).filter(({ segment }) => segment.chunks.length === 0 || segment.chunks.some(wrong))
  .map(({ track, segment }) => `${track.name} ${segment.uri}`);

export const cmaf = [
  {
    id: "demuxed", apple: "", name: "One sound stream a segment, none in the picture's", of: BOTH,
    check: (p) => p.of("video", "audio", "iframes").filter((track) => track.init?.handler !== (track.kind === "audio" ? "soun" : "vide"))
      .map((track) => `${track.name}: ${track.init?.handler}`),
    breaks: (raw, p) => editBox(raw, initPathOf(p, "audio"), "hdlr", (body) => body.write("vide", 8, "latin1")),
  },
  {
    id: "one-track", apple: "", name: "One track a file", of: BOTH,
    check: (p) => [
      ...p.of("video", "audio", "iframes").filter((track) => track.init?.tracks !== 1).map((track) => `${track.name}: ${track.init?.tracks} in the init segment`),
      ...chunksWhere(p, (chunk) => chunk.tracks !== 1),
    ],
    // A second traf takes the place of the first one's time.
    breaks: (raw, p) => editBox(raw, segmentPathOf(p, "video"), "traf", (body) => body.write("free", 4, "latin1")),
  },
  {
    id: "base-is-moof", apple: "", name: "default-base-is-moof", of: BOTH,
    check: (p) => chunksWhere(p, (chunk) => !chunk.defaultBaseIsMoof),
    breaks: (raw, p) => editBox(raw, segmentPathOf(p, "audio"), "tfhd", (body) => { body[1] &= ~0x02; }),
  },
  {
    id: "tfdt-v1", apple: "", name: "tfdt of version 1", of: BOTH,
    check: (p) => chunksWhere(p, (chunk) => chunk.timeVersion !== 1),
    breaks: (raw, p) => editBox(raw, segmentPathOf(p, "video"), "tfdt", (body) => { body[0] = 0; }),
  },
];
