// What playlists must say, and how they are sent.
import { editText, playlistOf } from "./breaking.mjs";

const BOTH = ["HLS", "DASH"];

const PLAYED = ["video", "audio", "iframes"];

/** What every variant with a picture must say. */
const WANTED = ["BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS", "RESOLUTION", "FRAME-RATE", "VIDEO-RANGE"];

const documents = (p) => [...p.answers].filter(([path]) => /\.(m3u8|mpd)$/.test(path));

/** All that an address may consist of: digests, numbers and words of our own, of which none comes from a title. */
const PLAIN_ADDRESS = new RegExp("^/v1/sources/[0-9a-f]{20}/(hls/master\\.m3u8|dash/manifest\\.mpd"
  + "|hls/(\\d+p|source|audio|surround|text|iframes|tiles)(-(\\d+|hevc|av1|pq|hlg|burn|[0-9a-f]{8}))*-[0-9a-f]{12}/(index\\.m3u8|init\\.mp4|\\d+\\.(m4s|vtt|jpg)))$");

export const playlists = [
  {
    id: "vod", apple: "", name: "EXT-X-PLAYLIST-TYPE is VOD, and the list ends", of: ["HLS"],
    check: (p) => p.of(...PLAYED, "images", "subtitles").filter((track) => track.list.type !== "VOD" || !track.list.tags.has("#EXT-X-ENDLIST")).map((track) => track.name),
    breaks: (raw, p) => editText(raw, playlistOf(p, "video"), "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-PLAYLIST-TYPE:EVENT"),
  },
  {
    id: "map", apple: "", name: "EXT-X-MAP names the init segment", of: ["HLS"],
    check: (p) => p.of(...PLAYED).filter((track) => !track.init).map((track) => track.name),
    breaks: (raw, p) => editText(raw, playlistOf(p, "audio"), /#EXT-X-MAP.*\n/, ""),
  },
  {
    id: "attributes", apple: "", name: "CODECS, RESOLUTION, AVERAGE-BANDWIDTH, FRAME-RATE and VIDEO-RANGE are told", of: ["HLS"],
    check: (p) => p.master.variants.flatMap((variant) => {
      const wanted = p.of("video").length > 0 ? WANTED : ["BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS"];
      return wanted.filter((name) => !variant[name]).map((name) => `${variant.uri}: no ${name}`);
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /,FRAME-RATE=[\d.]+/, ""),
  },
  {
    id: "codecs", apple: "", name: "CODECS are those that the streams' own headers tell", of: ["HLS"],
    check: (p) => [...p.master.variants, ...p.master.iframes].flatMap((one) => {
      const told = one.CODECS.split(",");
      const own = p.track(one.uri).init.codec;
      const sounds = p.master.media.filter((sound) => sound.TYPE === "AUDIO" && sound["GROUP-ID"] === one.AUDIO && sound.uri);
      return [own, ...sounds.map((sound) => p.track(sound.uri).init.codec)].filter((codec) => !told.some((word) => word.startsWith(codec)))
        .map((codec) => `${one.uri.split("-")[0]}: ${one.CODECS} lacks ${codec}`);
    }),
    breaks: (raw, p) => editText(raw, p.source.master, /CODECS="\w+\.\w+/, 'CODECS="avc1.42c00a'),
  },
  {
    id: "gzip", apple: "", name: "Playlists and manifests are sent compressed", of: BOTH,
    check: (p) => documents(p).filter(([, answer]) => !answer.gzipped).map(([path]) => path),
    breaks: (raw, p) => Object.assign(raw.answers.get(p.source.master), { gzipped: false }),
  },
  {
    id: "no-redirect", apple: "", name: "Nothing is redirected, and everything named is there", of: BOTH,
    check: (p) => [...p.answers].filter(([, answer]) => answer.redirected || answer.status !== 200).map(([path, answer]) => `${path}: ${answer.status}`),
    breaks: (raw, p) => Object.assign(raw.answers.get(playlistOf(p, "video")), { redirected: true }),
  },
  {
    id: "plain-urls", apple: "", name: "No title and no token in an address", of: BOTH,
    check: (p) => [...p.answers.keys()].filter((path) => !PLAIN_ADDRESS.test(path)),
    breaks: (raw, p) => raw.answers.set(`${p.folder}index.m3u8?token=secret`, { status: 200, bytes: Buffer.alloc(0), gzipped: true }),
  },
];
