// The manifest, beside the files it names.
import { filled } from "../manifest.mjs";
import { editText } from "./breaking.mjs";

const text = (p) => p.manifest.sets.filter((set) => set.contentType === "text");

const played = (p) => p.manifest.sets.filter((set) => set.contentType === "video" || set.contentType === "audio");

/** Roles that players know text by (ISO/IEC 23009-1, 5.8.5.5). */
const ROLES = ["subtitle", "caption", "forced-subtitle", "commentary"];

/** The address of a file, resolved from the manifest's. */
const resolved = (p, address) => new URL(address, `http://box${p.source.manifest}`).pathname;

/** The media segments that a set names of one representation. */
const filesOf = (p, set, one) => set.timeline.map((_, place) => resolved(p, filled(set.template.media, one.id, Number(set.template.startNumber) + place)));

export const dash = [
  {
    id: "dash-sum", apple: "", name: "A SegmentTimeline adds up to the period, sound within a frame", of: ["DASH"],
    check: (p) => [
      ...(Math.abs(p.manifest.seconds - p.manifest.periodSeconds) < 1e-9 ? [] : ["the period is not the presentation"]),
      ...played(p).flatMap((set) => {
        const sum = set.timeline.reduce((all, entry) => all + entry.ticks, 0) / Number(set.template.timescale);
        const apart = Math.abs(sum - p.manifest.periodSeconds);
        const start = set.timeline[0].start - Number(set.template.presentationTimeOffset);
        return apart <= (set.contentType === "video" ? 1e-6 : 1024 / 44_100) && start === 0 ? [] : [`${set.contentType} ${set.id}: ${sum} s from ${start}`];
      }),
    ],
    breaks: (raw, p) => editText(raw, p.source.manifest, /<S d="\d+"/, '<S d="1"'),
  },
  {
    id: "dash-gaps", apple: "", name: "A SegmentTimeline has no gaps, and its times are those of the files", of: ["DASH"],
    check: (p) => played(p).flatMap((set) => [
      ...set.timeline.filter((entry) => entry.start !== entry.expected).map((entry) => `${set.contentType} ${set.id}: ${entry.start} instead of ${entry.expected}`),
      ...set.representations.flatMap((one) => {
        const track = p.track(`${one.id}/index.m3u8`);
        if (!track || Number(set.template.timescale) !== track.init.timescale) return [`${one.id}: another timescale`];
        return track.segments.length !== set.timeline.length ? [`${one.id}: ${set.timeline.length} entries for ${track.segments.length} segments`]
          : track.segments.filter((segment, place) => Math.min(...segment.samples.map((sample) => sample.shown)) !== set.timeline[place].start)
            .map((segment) => `${one.id} ${segment.uri} begins elsewhere`);
      }),
    ]),
    breaks: (raw, p) => editText(raw, p.source.manifest, /<S t="(\d+)"/, '<S t="7$1"'),
  },
  {
    id: "dash-codecs", apple: "", name: "Codec strings are those of the streams' own headers", of: ["DASH"],
    check: (p) => played(p).flatMap((set) => set.representations
      .filter((one) => !one.codecs.startsWith(p.track(`${one.id}/index.m3u8`)?.init.codec ?? "?")).map((one) => `${one.id}: ${one.codecs}`)),
    breaks: (raw, p) => editText(raw, p.source.manifest, /codecs="\w+\.\w+/, 'codecs="avc1.42c00a'),
  },
  {
    id: "dash-same-files", apple: "", name: "The files are those of HLS, every rendition of them", of: ["DASH"],
    check: (p) => {
      const named = new Set(played(p).flatMap((set) => set.representations.flatMap((one) => [
        resolved(p, filled(set.template.initialization, one.id, "")),
        ...filesOf(p, set, one),
      ])).concat(text(p).flatMap((set) => set.representations.flatMap((one) => filesOf(p, set, one)))));
      const listed = new Set(p.of("video", "audio").map((track) => track.folder + track.list.map)
        .concat(p.of("video", "audio", "subtitles").flatMap((track) => track.segments.map((segment) => segment.path))));
      return [...named].filter((path) => !listed.has(path)).map((path) => `only DASH: ${path}`)
        .concat([...listed].filter((path) => !named.has(path)).map((path) => `only HLS: ${path}`));
    },
    breaks: (raw, p) => editText(raw, p.source.manifest, "$Number$.m4s", "x$Number$.m4s"),
  },
  {
    id: "dash-text", apple: "", name: "Text has a language, a role and the period's own clock, and its times are those that HLS lists", of: ["DASH"],
    check: (p) => [
      ...(text(p).length === p.of("subtitles").length ? [] : [`${text(p).length} sets for ${p.of("subtitles").length} tracks`]),
      ...text(p).flatMap((set) => set.representations.flatMap((one) => {
        const track = p.track(`${one.id}/index.m3u8`);
        if (!track) return [`${one.id}: no such track`];
        const seconds = (ticks) => ticks / Number(set.template.timescale);
        return [
          ...(set.lang === track.attributes.LANGUAGE ? [] : [`${one.id}: ${set.lang} beside ${track.attributes.LANGUAGE}`]),
          ...(ROLES.includes(set.role) ? [] : [`${one.id}: the role ${set.role}`]),
          ...((set.role === "forced-subtitle") === (track.attributes.FORCED === "YES") ? [] : [`${one.id}: forced in one of both`]),
          ...(set.mimeType === "text/vtt" ? [] : [`${one.id}: ${set.mimeType}`]),
          ...(Number(set.template.presentationTimeOffset ?? 0) === 0 && set.timeline[0].start === 0 ? [] : [`${one.id}: does not begin at the period`]),
          ...(set.timeline.length === track.segments.length ? [] : [`${one.id}: ${set.timeline.length} entries for ${track.segments.length} segments`]),
          ...track.segments.filter((segment, place) => !(Math.abs(seconds(set.timeline[place]?.start) - segment.start) < 1e-5))
            .map((segment) => `${one.id} ${segment.uri} begins elsewhere`),
        ];
      })),
    ],
    breaks: (raw, p) => editText(raw, p.source.manifest, /contentType="text" mimeType="text\/vtt"/, 'contentType="text" mimeType="application/mp4"'),
  },
];
