// What is promised of rates, and what comes.
import { editText } from "./breaking.mjs";

const rateOf = (segment) => (segment.size * 8) / segment.seconds;

/** Peak and average as RFC 8216 (4.3.4.2) measures them: a segment shorter than half the target does not count for the peak. */
function measured(track) {
  const counted = track.segments.filter((segment) => segment.seconds >= track.list.target / 2 || track.segments.length === 1);
  return {
    peak: Math.max(...counted.map(rateOf)),
    average: (track.segments.reduce((sum, segment) => sum + segment.size, 0) * 8) / track.list.seconds,
  };
}

/** A variant with the loudest of the sounds that can play with it. One of sound only is played, or another sound in its place. */
function playable(p, variant) {
  const own = measured(p.track(variant.uri));
  const none = { peak: 0, average: 0 };
  const parts = variant.RESOLUTION ? [own, none] : [none, own];
  const sounds = p.master.media.filter((one) => one.TYPE === "AUDIO" && one["GROUP-ID"] === variant.AUDIO && one.uri).map((one) => measured(p.track(one.uri)));
  for (const sound of sounds) {
    parts[1] = { peak: Math.max(parts[1].peak, sound.peak), average: Math.max(parts[1].average, sound.average) };
  }
  return { peak: parts[0].peak + parts[1].peak, average: parts[0].average + parts[1].average };
}

const percent = (share) => `${Math.round(share * 100)} %`;

const BEFORE_ENCODING = "rates are promised before a segment is made: they are bounds, and easy pictures stay far below";

export const rates = [
  {
    id: "average-10", apple: "1.26", name: "The average is within 10 % of the declared", of: ["HLS"], miss: BEFORE_ENCODING,
    check: (p) => p.master.variants.flatMap((variant) => {
      const share = playable(p, variant).average / Number(variant["AVERAGE-BANDWIDTH"]);
      return share >= 0.9 && share <= 1.1 ? [] : [`${variant.uri.split("-")[0]}: ${percent(share)}`];
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /AVERAGE-BANDWIDTH=\d+/g, "AVERAGE-BANDWIDTH=1"),
  },
  {
    id: "peak-10", apple: "1.27", name: "The peak is within 10 % of the declared", of: ["HLS"], miss: BEFORE_ENCODING,
    check: (p) => p.master.variants.flatMap((variant) => {
      const share = playable(p, variant).peak / Number(variant.BANDWIDTH);
      return share >= 0.9 && share <= 1.1 ? [] : [`${variant.uri.split("-")[0]}: ${percent(share)}`];
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /([:,])BANDWIDTH=\d+/g, "$1BANDWIDTH=1"),
  },
  {
    id: "peak-200", apple: "", name: "The declared peak is 100 to 200 % of the declared average", of: ["HLS"],
    check: (p) => [...p.master.variants, ...p.master.iframes].flatMap((one) => {
      const share = Number(one.BANDWIDTH) / Number(one["AVERAGE-BANDWIDTH"]);
      return share >= 1 && share <= 2 ? [] : [`${one.uri.split("-")[0]}: ${percent(share)}`];
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /AVERAGE-BANDWIDTH=\d+/, "AVERAGE-BANDWIDTH=1000"),
  },
  {
    id: "bandwidth-holds", apple: "", name: "No segment passes the rate that is declared", of: ["HLS"],
    check: (p) => [
      ...p.master.variants.filter((variant) => playable(p, variant).peak > Number(variant.BANDWIDTH)),
      ...[...p.master.iframes, ...p.master.images].filter((one) => measured(p.track(one.uri)).peak > Number(one.BANDWIDTH)),
    ].map((one) => `${one.uri.split("-")[0]}: more than ${one.BANDWIDTH}`),
    breaks: (raw, p) => editText(raw, p.source.master, /([:,])BANDWIDTH=\d+(?=[^\n]*URI=)/, "$1BANDWIDTH=10"),
  },
  {
    id: "bandwidth-sum", apple: "", name: "BANDWIDTH is the largest playable sum of what the renditions promise", of: ["HLS"],
    check: (p) => p.master.variants.flatMap((variant) => {
      const promise = (uri) => p.source.renditions.find((one) => one.playlist.endsWith(`/${uri}`))?.peakBitsPerSecond ?? NaN;
      const highest = (type) => Math.max(0, ...p.master.media
        .filter((one) => one.TYPE === type && one["GROUP-ID"] === variant[type] && one.uri).map((one) => promise(one.uri)));
      const sum = (variant.RESOLUTION ? promise(variant.uri) + highest("AUDIO") : Math.max(promise(variant.uri), highest("AUDIO"))) + highest("SUBTITLES");
      return Number(variant.BANDWIDTH) === sum ? [] : [`${variant.uri.split("-")[0]}: ${variant.BANDWIDTH} instead of ${sum}`];
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /([:,])BANDWIDTH=(\d+)/, "$1BANDWIDTH=9$2"),
  },
  {
    id: "dash-bandwidth", apple: "", name: "No segment passes its representation's bandwidth", of: ["DASH"],
    check: (p) => p.manifest.sets.flatMap((set) => set.representations.flatMap((one) => {
      const track = p.track(`${one.id}/index.m3u8`);
      return track && measured(track).peak <= Number(one.bandwidth) ? [] : [`${one.id}: more than ${one.bandwidth}`];
    })),
    breaks: (raw, p) => editText(raw, p.source.manifest, /bandwidth="\d+"/, 'bandwidth="1000"'),
  },
];
