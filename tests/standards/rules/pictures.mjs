// What pictures must be like.
import { isIdr } from "../boxes.mjs";
import { editBox, editText, segmentPathOf } from "./breaking.mjs";

const BOTH = ["HLS", "DASH"];

export const pictures = [
  {
    id: "idr-2s", apple: "1.13", name: "An IDR at least every 2 s, to the nearest frame", of: BOTH,
    check: (p) => p.of("video").flatMap((track) => {
      const samples = track.segments.flatMap((segment) => segment.samples);
      const syncs = [...samples.filter((sample) => sample.sync).map((sample) => sample.shown), samples.at(-1).decode + samples.at(-1).ticks];
      const longest = Math.max(...syncs.slice(1).map((time, place) => time - syncs[place])) / track.init.timescale;
      return longest <= 2 + (p.frameSeconds / 2) ? [] : [`${track.name}: ${longest.toFixed(3)} s without one`];
    }),
    // Time between samples: their duration is doubled.
    breaks: (raw, p) => p.of("video")[0].segments.forEach((segment) =>
      segment.chunks.forEach((chunk, which) => {
        editBox(raw, segment.path, "tfhd", (body) => body.writeUInt32BE(body.readUInt32BE(8) * 2, 8), which);
        editBox(raw, segment.path, "tfdt", (body) => body.writeBigUInt64BE(body.readBigUInt64BE(4) * 2n, 4), which);
      })),
  },
  {
    id: "60fps", apple: "", name: "At most 60 pictures a second", of: BOTH,
    check: (p) => p.master.variants.filter((variant) => Number(variant["FRAME-RATE"]) > 60).map((variant) => `${variant.uri}: ${variant["FRAME-RATE"]}`),
    breaks: (raw, p) => editText(raw, p.source.master, /FRAME-RATE=[\d.]+/, "FRAME-RATE=120.000"),
  },
  {
    id: "sdr", apple: "", name: "SDR is always offered", of: ["HLS"],
    check: (p) => (p.of("video").length === 0 || p.master.variants.some((variant) => variant["VIDEO-RANGE"] === "SDR") ? [] : ["no variant is SDR"]),
    breaks: (raw, p) => editText(raw, p.source.master, /VIDEO-RANGE=SDR/g, "VIDEO-RANGE=PQ"),
  },
  {
    id: "aspect", apple: "", name: "One aspect ratio", of: BOTH,
    check: (p) => {
      const sizes = p.of("video").map((track) => ({ track, side: track.attributes.RESOLUTION.split("x").map(Number) }));
      // Sides are even, so a ratio is only as exact as two pixels of the smaller picture allow.
      return sizes.filter(({ side: [w, h] }) => {
        const [w0, h0] = sizes[0].side;
        return Math.abs(w - (h * w0) / h0) > 2 && Math.abs(h - (w * h0) / w0) > 2;
      }).map(({ track }) => `${track.name}: ${track.attributes.RESOLUTION} beside ${sizes[0].track.attributes.RESOLUTION}`);
    },
    breaks: (raw, p) => editText(raw, p.source.master, /(RESOLUTION=\d+x)\d+([\s\S]*?RESOLUTION=\d+x)/, "$1100$2"),
  },
  {
    id: "starts-idr", apple: "", name: "Every segment starts with an IDR", of: BOTH,
    check: (p) => p.of("video", "iframes").flatMap((track) => track.segments
      .filter(({ samples: [first] }) => !first.sync || !isIdr(first, track.init))
      .map((segment) => `${track.name} ${segment.uri}`)),
    // The slice of the first picture becomes one that refers to others.
    breaks: (raw, p) => {
      const path = segmentPathOf(p, "video", -1);
      const { bytes } = raw.answers.get(path);
      const first = p.of("video")[0].segments.at(-1).samples[0].bytes;
      const start = bytes.indexOf(first);
      for (let at = 0; at < first.length; at += 4 + first.readUInt32BE(at)) {
        if ((first[at + 4] & 31) === 5) bytes[start + at + 4] = 0x41;
      }
    },
  },
  {
    id: "independent", apple: "", name: "EXT-X-INDEPENDENT-SEGMENTS", of: ["HLS"],
    check: (p) => (p.master.tags.has("#EXT-X-INDEPENDENT-SEGMENTS") ? [] : ["the multivariant playlist does not say so"]),
    breaks: (raw, p) => editText(raw, p.source.master, "#EXT-X-INDEPENDENT-SEGMENTS\n", ""),
  },
];

