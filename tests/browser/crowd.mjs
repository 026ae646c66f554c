// Lets real players, each with a film of its own, play from a box that is too small for all of them: it has one core, and
// all films at their highest rung would take more than twice that. All of them tell the box how they fare (CMCD).
//
//   node crowd.mjs --program APPLIANCE [--players page,hls.js,…] [--seconds 30] [--mute] [--deaf] [--log FILE] [--media FOLDER]
//                  [--chromium FILE]
//
// "page" is the box's own page, which is hls.js with headers and heeds what the box says of itself (CMSD); the others are players as
// they come, with the query argument: shaka-player heeds it too, hls.js and dash.js do not. All but the last stand still and fill
// their buffers while the last starts; then they play too, and one seeks. What must hold is in crowd-rules.mjs: what came before
// what, and never how long it took.
//
// --mute keeps from the box what players say, and --deaf from the players what the box says: with the first the order must be
// seen to fail, with the second that nobody stalls who could have stepped down. --log writes down all that happened.
// Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`), 2 when it was called wrongly, 3 where a process
// cannot be kept to one core.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { Box, until } from "../driver/box.mjs";
import { judgeCrowd } from "./crowd-rules.mjs";
import { ListeningProxy } from "./listening-proxy.mjs";
import { openPlayer, playersSite } from "./players/site.mjs";
import { called, judge, launch, scratchFolder } from "./verdict.mjs";

/** Pages that nobody looks at go on as those that somebody does. */
const ALL_IN_SIGHT = ["--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"];

const PATIENCE_MS = 60_000;

/** For the first picture: several turns of a crowd on a box that has little of its core. Only a hang meets it. */
const PLAY_PATIENCE_MS = 300_000;

/** What the others hold when the last one comes, in seconds: more than the box takes for a stall, less than any player is content with. */
const CALM_SECONDS = 6;

const CLIP = "natural/bbb_720p24_aac5.1_30s.ts";

const LISTS = { "page": "page", "hls.js": "master", "shaka-player": "master", "dash.js": "manifest" };

const options = called(
  "crowd.mjs --program APPLIANCE [--players page,hls.js,…] [--seconds 30] [--mute] [--deaf] [--log FILE] [--media FOLDER]",
  {
    program: { type: "string" },
    players: { type: "string", default: "page,hls.js,dash.js,shaka-player,page,page" },
    seconds: { type: "string", default: "30" },
    mute: { type: "boolean", default: false },
    deaf: { type: "boolean", default: false },
    log: { type: "string" },
    media: { type: "string", default: fileURLToPath(new URL("../../../shared/media", import.meta.url)) },
  },
  ({ program, players, seconds }) => program && Number(seconds) > 0 && players.split(",").every((kind) => LISTS[kind]));
const seconds = Number(options.seconds);
const began = Date.now();
const kinds = options.players.split(",");
try {
  execFileSync("taskset", ["-c", "0", "true"], { stdio: "ignore" });
} catch {
  console.error("taskset cannot keep a process to one core here.");
  process.exit(3);
}

const result = { ok: false, reasons: [], players: [], asked: 0, made: 0, refused: 0, waited: 0, mostOvertaking: 0, stalls: 0 };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("crowd", atEnd);
  const box = await Box.start(options.program, [...makeFilms(scratch), "--data", join(scratch, "data")], ["taskset", "-c", "0"]);
  atEnd(() => box.stop());
  const sources = await Promise.all((await everyFilm(box)).map(({ id }) => box.json(`/v1/sources/${id}`)));
  // What all lists need of every film, so that no player waits for another's.
  await Promise.all(sources.flatMap((source) => [box.get(source.master), box.get(source.manifest)]));
  const proxy = await ListeningProxy.start(box.base, options);
  atEnd(() => proxy.stop());
  const site = await playersSite(atEnd);
  const browser = await launch(options.chromium, atEnd, ALL_IN_SIGHT);
  const crowd = [];
  const comes = async (kind) => {
    const player = { kind, source: sources[crowd.length], events: [] };
    crowd.push(player);
    says(`${kind} of ${player.source.title} comes`);
    player.page = await open(browser, kind, player.source, proxy.address, site);
  };
  // All but the last get something to live on first: a player that pauses goes on filling its buffer.
  for (const kind of kinds.slice(0, -1)) await comes(kind);
  for (const { kind, page } of crowd) {
    await pauses(page);
    says(`${kind} stands still`);
  }
  for (const { kind, page } of crowd) {
    await holds(page, CALM_SECONDS);
    says(`${kind} holds ${CALM_SECONDS} s`);
  }
  await comes(kinds.at(-1));
  await hasPlayed(crowd.at(-1).page);
  says("all play");
  await delay((seconds * 1000) / 2);
  for (const { page } of crowd) await page.evaluate(() => void window.seen.video.play());
  // To a place that nobody has made, in the half that is not reached.
  await crowd[0].page.evaluate(() => (window.seen.video.currentTime = window.seen.video.duration * 0.8));
  await delay((seconds * 1000) / 2);
  for (const player of crowd) {
    await hasPlayed(player.page).catch(() => {});
    player.events = await player.page.evaluate(() => window.seen.events);
    result.reasons.push(...await givenUp(player));
  }
  if (options.log) writeLog(crowd, proxy.askings);
  judgeCrowd(result, crowd, proxy.askings);
});

/** How far it is, to whoever waits for it. */
function says(what) {
  console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s: ${what}`);
}

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

/** @returns a sentence for each reason why a player does not play on. */
async function givenUp({ kind, source, page }) {
  const errors = kind === "page" ? await page.locator(".fault").allInnerTexts() : await page.evaluate(() => window.page.player.errors);
  return errors.map((error) => `${kind} of ${source.title} gave up: ${error}`);
}

/** Once the box has looked at every film. */
async function everyFilm(box) {
  let sources = [];
  await until(async () => {
    sources = await box.sourcesReady();
    return sources.length === kinds.length;
  }, PATIENCE_MS, "every film is known");
  return sources;
}

async function open(browser, kind, source, address, site) {
  // Players of one browser context share six connections to a box, and would wait for one another.
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => result.reasons.push(`The page of ${kind} failed: ${error.message}`));
  await page.addInitScript(watchVideo);
  // Not its load event: the still that the page shows meanwhile waits behind all who play.
  if (kind === "page") await page.goto(`${address}/#/watch/${source.id}?t=0`, { waitUntil: "domcontentloaded" });
  else await within(PLAY_PATIENCE_MS, openPlayer(page, site, kind, address + source[LISTS[kind]], { clientData: true }), `${kind} opens ${source.title}`);
  return page;
}

/** A player that gives up while it opens a film says nothing. */
function within(limitMs, promise, what) {
  return Promise.race([promise, delay(limitMs, null, { ref: false }).then(() => { throw new Error(`${what}: not within ${limitMs / 1000} s`); })]);
}

/** Runs in the page, before anything else: writes down what happens to its video. */
function watchVideo() {
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

/** One for each player, so that none has made what another wants: the same pictures under another fingerprint. */
function makeFilms(scratch) {
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
  return kinds.map((_, place) => {
    const film = join(scratch, `Film ${place}.mkv`);
    if (place > 0) made("-i", first, "-c", "copy", "-metadata", `comment=${place}`, film);
    return film;
  });
}

/** One line for each thing that happened, in order. */
function writeLog(crowd, askings) {
  const lines = crowd.flatMap(({ kind, source, events }) => [
    ...events.map(({ type, at, time, ahead }) => [at, `${kind} ${type} at ${time.toFixed(1)} s, ${ahead.toFixed(1)} s ahead`]),
    ...askings.filter((one) => one.source === source.id).flatMap((one) => [
      [one.askedAt, `${kind} asks ${one}`],
      ...(one.begunAt === null ? [] : [[one.begunAt, `${kind} is answered ${one}: ${one.origin}, ${one.begunAt - one.askedAt} ms, held ${one.held}`]]),
      ...(one.endedAt === null ? [] : [[one.endedAt, `${kind} has ${one.isRefused ? "a refusal of" : "all of"} ${one}`]]),
      ...(one.leftAt === null ? [] : [[one.leftAt, `${kind} leaves ${one}`]]),
    ]),
  ]).sort(([one], [other]) => one - other);
  writeFileSync(options.log, lines.map(([at, words]) => `${((at - lines[0][0]) / 1000).toFixed(3).padStart(8)} ${words}\n`).join(""));
}
