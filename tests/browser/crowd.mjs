// Lets real players, each with a film of its own, play from a box that is too small for all of them: it has one core, and
// all five films at their highest rung would take more than twice that. All of them tell the box how they fare (CMCD).
//
//   node crowd.mjs --program APPLIANCE [--seconds 30] [--media FOLDER] [--chromium FILE]
//
// Three are the box's own page, which is hls.js with headers; one is hls.js as it comes, one shaka-player, both with the query
// argument. Four stand still and fill their buffers while the fifth starts; then they play too, and one seeks. Nothing is judged by how long it took, but by what came
// before what:
//   - Between a request and the first byte of its answer, at most two that are less urgent begin to be answered: the one that was
//     being made, and one that was begun while the request was on its way.
//   - The box's page asks for no more than it was told, gives up for nothing, and stands still, once it has played, with no more under
//     way than it was told: such a stall stepping down would have saved. (A start or a seek is asked for before it is told.)
//   - Stalls of other players above the lowest rung, which do not read what the box tells, and of the page where other programs take
//     the time that the box counted on, are counted as unforeseen.
//   - The lowest rung is never refused, every player comes to play, and who is told anything is told less than the highest rung.
// Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`), 2 when it was called wrongly, 3 where a process
// cannot be kept to one core.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Box, until } from "../driver/box.mjs";
import { ListeningProxy } from "./listening-proxy.mjs";

const LAUNCH_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
  "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
];

const PATIENCE_MS = 60_000;

/** For the first picture: several turns of a crowd on a box that has little of its core. Only a hang meets it. */
const PLAY_PATIENCE_MS = 300_000;

/** What the others hold when the last one comes, in seconds: more than the box takes for a stall, less than any player is content with. */
const CALM_SECONDS = 8;

const CLIP = "natural/bbb_720p24_aac5.1_30s.ts";

/** Orders that may begin before a more urgent one: what runs on the one core, and what was begun while that was on its way. */
const MAY_OVERTAKE = 2;

/** Less than this ahead of the picture, in seconds, is nothing: a browser stands still a few pictures before the end. */
const NOTHING = 0.5;

const PLAYERS = ["page", "hls.js", "page", "shaka-player", "page"];

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    seconds: { type: "string", default: "30" },
    media: { type: "string", default: fileURLToPath(new URL("../../../shared/media", import.meta.url)) },
    chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" },
  },
});
const seconds = Number(options.seconds);
if (!options.program || !(seconds >= 20)) {
  console.error("usage: node crowd.mjs --program APPLIANCE [--seconds 30] [--media FOLDER] [--chromium FILE]");
  process.exit(2);
}
try {
  execFileSync("taskset", ["-c", "0", "true"], { stdio: "ignore" });
} catch {
  console.error("taskset cannot keep a process to one core here.");
  process.exit(3);
}

const result = { ok: false, reasons: [], players: [], asked: 0, made: 0, refused: 0, waited: 0, mostOvertaking: 0, stalls: 0, unforeseen: 0 };
const scratch = mkdtempSync(join(tmpdir(), "crowd-"));
const files = createServer(servePlayers);
let box = null;
let proxy = null;
let browser = null;
try {
  box = await Box.start("taskset", ["-c", "0", options.program, ...makeFilms(), "--data", join(scratch, "data")]);
  const sources = await Promise.all((await everyFilm()).map(({ id }) => box.json(`/v1/sources/${id}`)));
  await Promise.all(sources.map((source) => box.get(source.master)));
  proxy = await ListeningProxy.start(box.base);
  await new Promise((done) => files.listen(0, "127.0.0.1", done));
  browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: LAUNCH_FLAGS });
  const crowd = [];
  const comes = async (place) => crowd.push({ kind: PLAYERS[place], source: sources[place], page: await open(PLAYERS[place], sources[place]) });
  // All but the last get something to live on first: a player that pauses goes on filling its buffer.
  for (const place of PLAYERS.keys()) if (place < PLAYERS.length - 1) await comes(place);
  for (const { page } of crowd) await pauses(page);
  for (const { page } of crowd) await holds(page, CALM_SECONDS);
  await comes(PLAYERS.length - 1);
  await hasPlayed(crowd.at(-1).page);
  await delay((seconds * 1000) / 2);
  for (const { page } of crowd) await page.evaluate(() => void window.seen.video.play());
  // To a place that nobody has made, in the half that is not reached.
  await crowd[0].page.evaluate(() => (window.seen.video.currentTime = window.seen.video.duration * 0.8));
  await delay((seconds * 1000) / 2);
  for (const player of crowd) {
    await hasPlayed(player.page).catch(() => {});
    player.events = await player.page.evaluate(() => window.seen.events);
    if (player.kind === "page" && await player.page.locator(".fault").count() > 0) {
      result.reasons.push(`The page of ${player.source.title} gave up: ${await player.page.locator(".fault").innerText()}`);
    }
  }
  await browser.close();
  browser = null;
  judge(crowd);
} catch (error) {
  result.reasons.push(`The run itself failed: ${error.message.split("\n")[0]}`);
} finally {
  await browser?.close();
  await proxy?.stop();
  files.close();
  await box?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
result.ok = result.reasons.length === 0;
console.log(JSON.stringify(result, null, 2));
process.exitCode = result.ok ? 0 : 1;

async function pauses(page) {
  await hasPlayed(page);
  await page.evaluate(() => window.seen.video.pause());
}

/** Waits until a paused player holds so many seconds. */
function holds(page, seconds) {
  return page.waitForFunction((wanted) => {
    const { buffered, currentTime } = window.seen.video;
    return buffered.length > 0 && buffered.end(buffered.length - 1) - currentTime >= wanted;
  }, seconds, { timeout: PLAY_PATIENCE_MS });
}

/** Waits until a player has shown pictures. */
function hasPlayed(page) {
  return page.waitForFunction(() => window.seen.events.some((event) => event.type === "playing"), null, { timeout: PLAY_PATIENCE_MS });
}

/** Once the box has looked at every film. */
async function everyFilm() {
  let sources = [];
  await until(async () => {
    sources = await box.sourcesReady();
    return sources.length === PLAYERS.length;
  }, PATIENCE_MS, "every film is known");
  return sources;
}

function judge(crowd) {
  const askings = proxy.askings;
  result.asked = askings.length;
  result.made = askings.filter((one) => one.origin === "made").length;
  result.refused = askings.filter((one) => one.status === 503).length;
  judgeOrder(askings);
  if (askings.every((one) => one.held === null)) result.reasons.push("The box told nobody what it can hold.");
  if (result.waited === 0) result.reasons.push("Nobody waited for another: the box was not too small.");
  for (const player of crowd) judgePlayer(player, askings.filter((one) => one.source === player.source.id));
}

function judgeOrder(askings) {
  for (const waiting of askings.filter((one) => one.begunAt !== null && ["made", "joined"].includes(one.origin))) {
    const urgency = waiting.urgencyAt(waiting.askedAt);
    const within = askings.filter((other) => other !== waiting && isBegunWithin(other, waiting));
    const before = within.filter((other) => other.urgencyAt(other.begunAt) > urgency);
    result.waited += within.length > 0 ? 1 : 0;
    result.mostOvertaking = Math.max(result.mostOvertaking, before.length);
    if (before.length > MAY_OVERTAKE) {
      result.reasons.push(`${name(waiting)} waited while ${before.map(name).join(", ")} began, which were less urgent.`);
    }
  }
}

/** Whether the making of one began, for all that can be told from outside, while another waited. What was made ahead before it
 * was asked for is answered at once, and took no time from anybody then. */
function isBegunWithin(other, waiting) {
  return other.begunAt > waiting.askedAt && other.begunAt < waiting.begunAt
    && (other.origin === "made" || (other.origin === "joined" && other.askedAt < waiting.askedAt));
}

function judgePlayer({ kind, source, events }, askings) {
  const rungs = source.renditions.filter((one) => one.kind === "video").sort((a, b) => a.peakBitsPerSecond - b.peakBitsPerSecond);
  const [lowest, highest] = [rungs[0].name, rungs.at(-1).name];
  const beside = Math.max(0, ...source.renditions.filter((one) => one.kind === "audio").map((one) => one.peakBitsPerSecond));
  const rateOf = (asking) => rungs.find((rung) => rung.name === asking.rung).peakBitsPerSecond + beside;
  const answered = askings.filter((one) => one.held !== null && one.endedAt !== null);
  const toldBefore = (asking) => answered.filter((one) => one.endedAt < asking.askedAt).at(-1)?.held ?? Infinity;
  const tooMuch = (asking) => asking.rung !== lowest && !asking.said.su && rateOf(asking) > toldBefore(asking) * 1000;
  const say = (words) => result.reasons.push(`${kind} of ${source.title} ${words}`);

  const stalls = stallsOf(events);
  const held = askings.map((one) => one.held).filter((one) => one !== null);
  const played = events.some((event) => event.type === "playing");
  result.players.push({
    kind,
    asked: askings.map((one) => `${one.rung}${one.status === 503 ? " refused" : ""}`).join(", "),
    played,
    stalls: stalls.length,
    held: held.length === 0 ? null : [Math.min(...held), Math.max(...held)],
  });
  result.stalls += stalls.length;
  if (!played) say("never played.");
  // It may have had but one answer, from before anything was measured.
  if (held.length > 0 && !held.some((kbps) => kbps * 1000 < rateOf({ rung: highest }))) say(`was never told to ask for less than ${highest}.`);
  for (const refused of askings.filter((one) => one.status === 503 && one.rung === lowest)) say(`was refused the lowest rung: ${name(refused)}.`);
  if (kind === "page") {
    for (const asking of askings.filter((one) => tooMuch(one))) say(`asked for ${name(asking)}, where it was told ${toldBefore(asking)} kbit/s.`);
  }
  for (const stall of stalls) {
    const last = askings.filter((one) => one.askedAt <= stall.at && one.status === 200).at(-1);
    if (!last || last.rung === lowest || last.said.su) continue;
    if (kind === "page" && tooMuch(last)) say(`stood still at ${stall.time.toFixed(1)} s with ${name(last)} under way, where it was told ${toldBefore(last)} kbit/s.`);
    else result.unforeseen++;
  }
}

/** Where a picture that had begun to play stood still for want of more, and nobody had sought. */
function stallsOf(events) {
  const stalls = [];
  let plays = false;
  for (const event of events) {
    if (event.type === "playing") plays = true;
    else if (event.type === "seeking") plays = false;
    else if (event.type === "waiting" && plays && event.ahead < NOTHING) stalls.push(event);
  }
  return stalls;
}

function name({ source, rung, index, said }) {
  const told = ["bs", "su", "bl", "dl"].filter((key) => said[key] !== undefined).map((key) => `${key}=${said[key]}`);
  return `${source.slice(0, 4)}/${rung}/${index} (${told})`;
}

async function open(kind, source) {
  // Players of one browser context share six connections to a box, and would wait for one another.
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  if (kind === "page") page.on("pageerror", (error) => result.reasons.push(`The page failed: ${error.message}`));
  await page.addInitScript(watch);
  // Not its load event: the still that the page shows meanwhile waits behind all who play.
  if (kind === "page") {
    await page.goto(`${proxy.address}/#/watch/${source.id}?t=0`, { waitUntil: "domcontentloaded" });
  } else {
    await page.goto(`http://127.0.0.1:${files.address().port}/`, { waitUntil: "domcontentloaded" });
    await page.waitForFunction(() => window.page);
    await page.evaluate(([player, address]) => window.page.open(player, address, { clientData: true }), [kind, `${proxy.address}${source.master}`]);
  }
  return page;
}

/** Runs in the page, before anything else: writes down what happens to its video. */
function watch() {
  window.seen = { events: [], video: null };
  for (const type of ["playing", "waiting", "seeking", "ended"]) {
    document.addEventListener(type, ({ target }) => {
      window.seen.video = target;
      const { currentTime, buffered } = target;
      const places = Array.from({ length: buffered.length }, (_, place) => place);
      const range = places.find((place) => buffered.start(place) <= currentTime + 0.1 && buffered.end(place) >= currentTime);
      const ahead = range === undefined ? 0 : buffered.end(range) - currentTime;
      window.seen.events.push({ type, at: Date.now(), time: currentTime, ahead });
    }, true);
  }
}

async function servePlayers(request, response) {
  const [file, type] = {
    "/": ["players/page.html", "text/html"],
    "/page.js": ["players/page.js", "text/javascript"],
    "/hls.js": ["node_modules/hls.js/dist/hls.min.js", "text/javascript"],
    "/shaka.js": ["node_modules/shaka-player/dist/shaka-player.compiled.js", "text/javascript"],
    "/dash.js": ["node_modules/dashjs/dist/modern/umd/dash.all.min.js", "text/javascript"],
  }[request.url] ?? [];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(await readFile(new URL(file, import.meta.url)));
}

/** One for each player, so that none has made what another wants: the same pictures under another fingerprint. */
function makeFilms() {
  const clip = join(options.media, CLIP);
  const first = join(scratch, "Film 0.mkv");
  const length = `${Math.ceil(seconds * 2 + 60)}`;
  const pictures = existsSync(clip)
    ? ["-stream_loop", "-1", "-i", clip, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy"]
    : [
      "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24", "-f", "lavfi", "-i", "sine=r=48000",
      "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "48", "-c:a", "aac",
    ];
  const made = (...args) => execFileSync("ffmpeg", ["-nostdin", "-v", "error", ...args], { stdio: ["ignore", "ignore", "inherit"] });
  made(...pictures, "-t", length, first);
  return PLAYERS.map((_, place) => {
    const film = join(scratch, `Film ${place}.mkv`);
    if (place > 0) made("-i", first, "-c", "copy", "-metadata", `comment=${place}`, film);
    return film;
  });
}
