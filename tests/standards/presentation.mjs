// All that a box serves of one source: fetched once as raw answers, and read into data that the rules judge.
import { initOf, segmentOf } from "./boxes.mjs";
import { manifestOf } from "./manifest.mjs";
import { media, multivariant } from "./playlist.mjs";

/** Where the files are said to be beside the box; nobody asks there. */
export const PATHWAY = "https://elsewhere.example/films/1/";

/** Fetches everything the playlists and the manifest name.
 * @returns path → { status, gzipped, redirected, bytes }, with the source's own description under "source", and under "steered" the texts that a playback address with another pathway
 * gives. */
export async function fetchAll(box, id) {
  const source = await box.json(`/v1/sources/${id}`);
  const raw = { source, answers: new Map() };
  const get = async (path) => {
    if (!raw.answers.has(path)) {
      const { status, headers, bytes, redirected } = await box.get(path);
      raw.answers.set(path, { status, bytes, redirected, gzipped: ["gzip", "br"].includes(headers.get("content-encoding")) });
    }
    return raw.answers.get(path);
  };
  const folder = source.master.replace(/[^/]+$/, "");
  const listed = multivariant((await get(source.master)).bytes.toString());
  await get(source.manifest);
  for (const { uri } of [...listed.variants, ...listed.media, ...listed.iframes, ...listed.images]) {
    if (!uri) continue;
    const list = media((await get(folder + uri)).bytes.toString());
    const inside = folder + uri.replace(/[^/]+$/, "");
    for (const file of [list.map, ...list.segments.map((segment) => segment.uri)].filter(Boolean)) await get(inside + file);
  }
  raw.steered = await fetchSteered(box, id);
  return raw;
}

async function fetchSteered(box, id) {
  const body = JSON.stringify({ pathways: [{ id: "elsewhere", base: PATHWAY }] });
  const link = (await box.get(`/v1/sources/${id}/urls`, { method: "POST", body, headers: { "content-type": "application/json" } })).json();
  const text = async (path) => (await box.get(path)).text();
  const master = await text(link.hls);
  return { master, manifest: await text(link.dash), answer: await text(new URL(multivariant(master).steering["SERVER-URI"], box.base + link.hls).pathname) };
}

/** Reads raw answers.
 * @returns { source, master, tracks, manifest, answers }: a track is one media playlist with its init and segments. */
export function read(raw) {
  const { source, answers } = raw;
  const folder = source.master.replace(/[^/]+$/, "");
  const text = (path) => answers.get(path)?.bytes.toString() ?? "";
  const master = multivariant(text(source.master));
  const tracks = new Map();
  const add = (kind, { uri, ...attributes }) => {
    if (!uri || tracks.has(uri)) return;
    const list = media(text(folder + uri));
    const inside = folder + uri.replace(/[^/]+$/, "");
    const init = list.map && answers.get(inside + list.map);
    tracks.set(uri, {
      uri,
      kind,
      name: uri.split("-")[0],
      attributes,
      list,
      folder: inside,
      init: init && initOf(init.bytes),
      segments: list.segments.map((segment) => {
        const { bytes } = answers.get(inside + segment.uri);
        return { ...segment, path: inside + segment.uri, size: bytes.length, bytes, ...(init ? segmentOf(bytes) : {}) };
      }),
    });
  };
  master.variants.forEach((variant) => add(variant.RESOLUTION ? "video" : "audio", variant));
  master.media.forEach((one) => add(one.TYPE.toLowerCase(), one));
  master.iframes.forEach((one) => add("iframes", one));
  master.images.forEach((one) => add("images", one));
  const all = [...tracks.values()];
  return {
    source, answers, master, folder,
    of: (...kinds) => all.filter((track) => kinds.includes(track.kind)),
    track: (uri) => tracks.get(uri),
    manifest: manifestOf(text(source.manifest)),
    steered: steeredOf(raw.steered),
    frameSeconds: source.frameRate ? 1 / fraction(source.frameRate) : 0,
  };
}

function steeredOf({ master, manifest, answer }) {
  const list = multivariant(master);
  return { master: list, server: list.steering, ids: ["box", "elsewhere"], manifest: manifestOf(manifest), answer: JSON.parse(answer) };
}

/** A copy whose answers can be changed without changing the original's. */
export function copyOf(raw) {
  return {
    source: structuredClone(raw.source),
    steered: { ...raw.steered },
    answers: new Map([...raw.answers].map(([path, answer]) => [path, { ...answer, bytes: Buffer.from(answer.bytes) }])),
  };
}

export function fraction(text) {
  const [numerator, denominator = 1] = text.split("/").map(Number);
  return numerator / denominator;
}
