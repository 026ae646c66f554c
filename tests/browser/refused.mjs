// Refuses the players that others use every rung but the lowest, as a busy box does, and looks whether they play on.
//
//   node refused.mjs --program APPLIANCE [--status 429] [--times 2] [--chromium FILE]
//
// Each segment of a higher rung but the first is refused so often, and then given. A proxy does it, so that what players do does
// not depend on how busy the machine is. Makes the film with the ffmpeg program. Prints one JSON object, with what each player
// asked for and when, in seconds since its first refusal; exit 0 when all play on, 1 when not (`reasons`), 2 when called wrongly.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { Asking } from "./asking.mjs";
import { openPlayer, playersSite } from "./players/site.mjs";
import { Proxy } from "./proxy.mjs";
import { called, judge, launch, scratchFolder } from "./verdict.mjs";

/** From opening a player to where it is to have come: only one that has given up meets it. */
const PATIENCE_MS = 90_000;

/** What players take their line to hold before they have measured it, in bits a second: enough to begin with the highest rung. */
const LINE = 50_000_000;

/** Where a player has played on to, in seconds of the film: several segments further than the first that is refused. */
const PLAYED_ON = 8;

const PLAYERS = [["hls.js", "master"], ["shaka-player", "master"], ["shaka-player", "manifest"], ["dash.js", "manifest"]];

class Refusing extends Proxy {
  asked = [];
  #refusals = new Map();
  #lowest;

  constructor(lowest) {
    super();
    this.#lowest = lowest;
  }

  asks({ url, headers }) {
    return { path: url, headers, asking: Asking.of(url, headers) };
  }

  answers(asked, answer, outgoing) {
    const { asking } = asked;
    const segment = asking && `${asking.rung}/${asking.index}`;
    const before = this.#refusals.get(segment) ?? 0;
    const refuses = asking && asking.index > 0 && asking.rung !== this.#lowest && before < Number(options.times);
    if (asking) this.asked.push({ at: asking.askedAt, segment, refused: refuses });
    if (!refuses) return super.answers(asked, answer, outgoing);
    this.#refusals.set(segment, before + 1);
    answer.resume();
    const { "content-length": _, "transfer-encoding": __, "cmsd-dynamic": ___, ...headers } = answer.headers;
    outgoing.writeHead(Number(options.status), { ...headers, "retry-after": "2" }).end();
  }
}

const options = called(
  "refused.mjs --program APPLIANCE [--status 429] [--times 2]",
  { program: { type: "string" }, status: { type: "string", default: "429" }, times: { type: "string", default: "2" } },
  ({ program, status, times }) => program && Number(status) >= 400 && Number(times) > 0);
const result = { ok: false, reasons: [], players: [] };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("refused", atEnd);
  const box = await Box.start(options.program, [makeFilm(scratch), "--data", join(scratch, "data")]);
  atEnd(() => box.stop());
  const [{ id }] = await box.sourcesReady();
  const source = await box.json(`/v1/sources/${id}`);
  await makeAll(box, source);
  const site = await playersSite(atEnd);
  const browser = await launch(options.chromium, atEnd);
  await Promise.all(PLAYERS.map((player) => plays(player, source, { browser, site, box, atEnd })));
});

async function plays([kind, list], source, { browser, site, box, atEnd }) {
  const lowest = source.renditions.filter((one) => one.kind === "video").sort((a, b) => a.peakBitsPerSecond - b.peakBitsPerSecond)[0].name;
  const proxy = await Refusing.start(box.base, lowest);
  atEnd(() => proxy.stop());
  // Players of one browser context share connections, and a small picture is reason enough for a small rung.
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await openPlayer(page, site, kind, proxy.address + source[list], { clientData: true, line: LINE });
  const came = await page.evaluate(([to, patienceMs]) => window.page.until(() => window.page.video.currentTime > to, patienceMs), [PLAYED_ON, PATIENCE_MS]);
  const first = proxy.asked.find((one) => one.refused)?.at;
  const { at, errors } = await page.evaluate(() => ({ at: window.page.video.currentTime, errors: window.page.player.errors }));
  result.players.push({
    player: `${kind} with ${list === "master" ? "HLS" : "DASH"}`,
    asked: proxy.asked.map(({ at, segment, refused }) => `${((at - first) / 1000).toFixed(1)} ${segment}${refused ? " refused" : ""}`),
    at,
    errors,
  });
  if (first === undefined) result.reasons.push(`${kind} asked for the lowest rung alone.`);
  if (!came) result.reasons.push(`${kind} with ${list} stands at ${at.toFixed(1)} s, ${errors.length === 0 ? "waiting" : `having given up: ${errors.at(-1)}`}.`);
}

/** Whatever is asked for is there: what a player measures is not how fast it is made. */
async function makeAll(box, source) {
  for (const { playlist } of source.renditions.filter((one) => one.kind === "video" || one.kind === "audio")) {
    const files = (await box.get(playlist)).text().split("\n").filter((line) => line.endsWith(".m4s"));
    for (const file of files) await box.get(playlist.replace("index.m3u8", file));
  }
}

function makeFilm(scratch) {
  const film = join(scratch, "Film.mkv");
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=24:d=16", "-f", "lavfi", "-i", "sine=r=48000:d=16",
    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "48", "-c:a", "aac", film,
  ]);
  return film;
}
