// What m3u8-parser, hls-parser and mpd-parser make of a playback address with another pathway, beside what the appliance lists without one.
import hls from "hls-parser";
import m3u8 from "m3u8-parser";
import { parse } from "mpd-parser";

const ELSEWHERE = "https://elsewhere.example/films/1/";

/** @param judge `equal(what, found, wanted)`. */
export async function checkSteering(box, source, judge) {
  const what = `${source.title} steered`;
  const body = JSON.stringify({ pathways: [{ id: "elsewhere", base: ELSEWHERE }] });
  const link = (await box.get(`/v1/sources/${source.id}/urls`, { method: "POST", body, headers: { "content-type": "application/json" } })).json();
  const folder = new URL("..", box.base + link.hls);
  await checkMaster(what, box, source, link, folder, judge);
  await checkManifest(what, box, source, link, folder, judge);
  const { VERSION, "PATHWAY-PRIORITY": priority } = (await box.get(new URL("steering.json", folder).pathname)).json();
  judge.equal(`${what}: the answer`, [VERSION, priority], [1, ["box", "elsewhere"]]);
}

async function checkMaster(what, box, source, link, folder, judge) {
  const parsed = async (path) => {
    const parser = new m3u8.Parser();
    parser.push((await box.get(path)).text());
    parser.end();
    return parser.manifest;
  };
  const text = (await box.get(link.hls)).text();
  const { playlists, contentSteering, mediaGroups } = await parsed(link.hls);
  judge.equal(`${what}: who says (m3u8-parser)`, new URL(contentSteering.serverUri, box.base + link.hls).href, new URL("steering.json", folder).href);
  judge.equal(`${what}: where it begins (m3u8-parser)`, contentSteering.pathwayId, "box");
  const of = (id) => playlists.filter((one) => one.attributes["PATHWAY-ID"] === id);
  const encoded = (await parsed(source.master)).playlists.filter((one) => !one.uri.startsWith("source-"));
  judge.equal(`${what}: the box's variants (m3u8-parser)`, of("box").map((one) => one.uri), encoded.map((one) => one.uri));
  judge.equal(`${what}: elsewhere's variants (m3u8-parser)`, of("elsewhere").map((one) => one.uri), encoded.map((one) => ELSEWHERE + one.uri));
  judge.equal(`${what}: as many (hls-parser)`, hls.parse(text).variants.filter((one) => !one.isIFrameOnly).length, 2 * encoded.length);
  const sounds = (id) => Object.values(mediaGroups.AUDIO[of(id)[0]?.attributes.AUDIO] ?? {}).map((one) => one.uri).filter(Boolean);
  judge.equal(`${what}: elsewhere's sounds (m3u8-parser)`, sounds("elsewhere"), sounds("box").map((uri) => ELSEWHERE + uri));
}

async function checkManifest(what, box, source, link, folder, judge) {
  const address = box.base + link.dash;
  const { playlists, mediaGroups, contentSteering } = parse((await box.get(link.dash)).text(), { manifestUri: address });
  judge.equal(`${what}: who says (mpd-parser)`, contentSteering.serverURL, new URL("steering.json", folder).href);
  judge.equal(`${what}: where it begins (mpd-parser)`, [contentSteering.defaultServiceLocation, contentSteering.queryBeforeStart], ["box", false]);
  const sounds = Object.values(mediaGroups.AUDIO.audio ?? {}).flatMap((group) => group.playlists);
  for (const kind of [playlists, sounds]) {
    const files = (id, base) => kind.filter((one) => one.attributes.serviceLocation === id)
      .flatMap((one) => one.segments.map((segment) => segment.resolvedUri.slice(String(base).length))).sort();
    const own = files("box", new URL("hls/", folder));
    judge.equal(`${what}: some files (mpd-parser)`, own.length > 0 || kind.length === 0, true);
    judge.equal(`${what}: the same files (mpd-parser)`, files("elsewhere", ELSEWHERE), own);
  }
}
