// Single pictures and thumbnails.
import { editText, playlistOf } from "./breaking.mjs";

const hasPicture = (p) => p.of("video").length > 0;

export const trickplay = [
  {
    id: "iframes", apple: "6.1", name: "There are I-frame playlists, each segment one picture", of: ["HLS"],
    check: (p) => [
      ...(hasPicture(p) && p.of("iframes").length === 0 ? ["none"] : []),
      ...p.of("iframes").flatMap((track) => [
        ...(track.list.tags.has("#EXT-X-I-FRAMES-ONLY") ? [] : [`${track.name} does not say so`]),
        ...track.segments.filter(({ samples }) => samples.length !== 1 || !samples[0].sync).map((segment) => `${track.name} ${segment.uri}`),
      ]),
    ],
    breaks: (raw, p) => editText(raw, playlistOf(p, "iframes"), "#EXT-X-I-FRAMES-ONLY\n", ""),
  },
  {
    id: "dense-iframes", apple: "6.2", name: "One picture a second", of: ["HLS"],
    check: (p) => p.of("iframes").flatMap((track) => track.segments
      .filter((segment) => segment.seconds > 1 + p.frameSeconds / 2 + 1e-6).map((segment) => `${segment.uri} lasts ${segment.seconds} s`)),
    breaks: (raw, p) => editText(raw, playlistOf(p, "iframes"), /EXTINF:[\d.]+/, "EXTINF:5.000000"),
  },
  {
    id: "tiles", apple: "", name: "Thumbnails cover the whole, on sheets of the size they say", of: ["HLS"],
    check: (p) => [
      ...(hasPicture(p) && p.of("images").length === 0 ? ["none"] : []),
      ...p.of("images").flatMap((track) => [
        ...(track.list.tags.has("#EXT-X-IMAGES-ONLY") ? [] : ["EXT-X-IMAGES-ONLY is missing"]),
        ...(Math.abs(track.list.seconds - p.source.durationSeconds) <= 1e-5 ? [] : [`${track.list.seconds} s of ${p.source.durationSeconds}`]),
        ...track.segments.flatMap((segment) => {
          const [width, height] = segment.tiles.RESOLUTION.split("x").map(Number);
          const [columns, rows] = segment.tiles.LAYOUT.split("x").map(Number);
          const found = jpegSize(segment.bytes);
          return found?.width === width * columns && found?.height === height * rows ? [] : [`${segment.uri}: ${JSON.stringify(found)}`];
        }),
      ]),
    ],
    breaks: (raw, p) => editText(raw, playlistOf(p, "images"), /LAYOUT=\d+x/, "LAYOUT=9x"),
  },
  {
    id: "dash-tiles", apple: "", name: "The manifest's thumbnails are those sheets, and reach to the end", of: ["DASH"],
    check: (p) => {
      const sets = p.manifest.sets.filter((set) => set.contentType === "image");
      return [
        ...(hasPicture(p) && sets.length !== 1 ? [`${sets.length} sets`] : []),
        ...sets.flatMap((set) => set.representations.flatMap((one) => {
          const track = p.track(`${one.id}/index.m3u8`);
          const seconds = Number(set.template.duration) / Number(set.template.timescale);
          const [columns, rows] = one.children.find((child) => child.name === "EssentialProperty").attributes.value.split("x").map(Number);
          const size = jpegSize(track.segments[0].bytes);
          return size.width === Number(one.width) && size.height === Number(one.height) && size.width % columns + size.height % rows === 0
            && track.segments.length === Math.ceil(p.source.durationSeconds / seconds - 1e-9) ? [] : [`${one.id}: ${JSON.stringify({ size, seconds, sheets: track.segments.length })}`];
        })),
      ];
    },
    breaks: (raw, p) => editText(raw, p.source.manifest, /width="\d+" height="\d+">/, 'width="10" height="10">'),
  },
];

/** @returns width and height in the frame header of a JPEG (ITU-T T.81, B.2.2), or null. */
function jpegSize(bytes) {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at + 1] === 0xc0) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return null;
}
