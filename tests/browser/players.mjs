// Plays what a running appliance serves in the players that others use, in a real, headless Chromium, from a page of
// another origin: hls.js and shaka-player play HLS, shaka-player and dash.js play DASH.
//
//   node players.mjs BASE_URL [--source ID] [--cues FILE] [--tones SOUND=HERTZ,…] [--chromium FILE]
//
// Each plays, seeks forwards and back, changes to the smallest and the largest rung, changes its sound where there are several,
// and says which thumbnail it would show. --tones says what is to be heard of each sound. --cues names JSON,
// {"language": "de", "cues": [[start, end, text], …]} in seconds: what each must have on the screen in that language, and nothing
// besides.
//
// A player in which something did not hold starts anew, once, and is judged by that: players lose themselves in races of their own
// (dash.js 5.2.1 was seen once to stand after a seek for good, and the reason was not found). The first try is told too, with
// what the player held and what it had asked for without an answer; a fault of the box's comes twice.
//
// Prints one JSON object; exits 0 when everything held, 1 when not, 2 when called wrongly.
import { readFile } from "node:fs/promises";
import { openPlayer, playersSite } from "./players/site.mjs";
import { called, judge, launch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: a cold segment on a machine that has much else to do included. */
const PATIENCE_MS = 90_000;

/** How far a cue may be shown from its time, in seconds: the players' clocks are set to the microsecond, or to a tick of
 * 90 kHz, and cues count thousandths. */
const CUE_TOLERANCE = 0.0015;

/** A bin of the analysis each way, in hertz. */
const PITCH_TOLERANCE = 25;

/** Answers that say that whoever asks may not, and would not however often. */
const REFUSALS = [401, 403, 421];

const PLAYS = [["hls.js", "master"], ["shaka-player", "master"], ["shaka-player", "manifest"], ["dash.js", "manifest"]];

const options = called(
  "players.mjs BASE_URL [--source ID] [--cues FILE] [--tones SOUND=HERTZ,…]",
  { source: { type: "string" }, cues: { type: "string" }, tones: { type: "string", default: "" } },
  (_, [base]) => base);
const [base] = options.positionals;
let source;
const words = options.cues && JSON.parse(await readFile(options.cues, "utf8"));
const tones = new Map(options.tones.split(",").filter(Boolean).map((tone) => tone.split("=")).map(([name, hertz]) => [name, Number(hertz)]));
const result = { source: options.source, ok: false, reasons: [], plays: [] };
await judge(result, async (atEnd) => {
  source = await describedSource();
  result.source = source.id;
  const site = await playersSite(atEnd, new URL(base).hostname);
  const browser = await launch(options.chromium, atEnd);
  for (const [player, list] of PLAYS) {
    let play = await played(browser, site, player, list);
    if (play.reasons.length > 0 && !play.refused) {
      result.plays.push(play);
      play = await played(browser, site, player, list);
    }
    result.plays.push(play);
    result.reasons.push(...play.reasons.map((reason) => `${player} with ${play.list}: ${reason}`));
    // What is refused to one is refused to all, and waiting does not help.
    if (play.refused) break;
  }
});

async function describedSource() {
  const get = async (path) => {
    const answer = await fetch(new URL(path, base));
    if (!answer.ok) throw new Error(`The box answers ${answer.status} to ${path}${REFUSALS.includes(answer.status) ? ": it refuses whoever asks from here" : ""}.`);
    return answer.json();
  };
  const id = options.source ?? (await get("/v1/sources")).sources[0].id;
  return get(`/v1/sources/${id}`);
}

/** @returns what one player did with one list, and a sentence for each thing that did not hold. */
async function played(browser, site, player, list) {
  const play = { player, list: list === "master" ? "HLS" : "DASH", reasons: [], rungs: [], seeks: [], sounds: [], heard: [], thumbnails: 0, cues: [] };
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => play.reasons.push(`The page failed: ${error.message}`));
  const asked = [];
  const unanswered = new Set();
  page.on("request", (request) => { asked.push(new URL(request.url()).pathname); unanswered.add(request); });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => unanswered.delete(request));
  // An answer without leave for other sites is no answer to the page's scripts, and to the browser a failure.
  let answered = false;
  const refuse = (url, how) => {
    if (play.refused || new URL(url).host !== new URL(base).host) return;
    play.refused = `The box refuses this page: ${how} ${new URL(url).pathname}.`;
    void page.close();
  };
  page.on("response", (response) => {
    answered ||= response.ok() && new URL(response.url()).host === new URL(base).host;
    if (REFUSALS.includes(response.status())) refuse(response.url(), `it answers ${response.status()} to`);
  });
  page.on("requestfailed", (request) => {
    if (!answered && request.failure()?.errorText !== "net::ERR_ABORTED") refuse(request.url(), "nothing that it may read comes for");
  });
  try {
    await openPlayer(page, site, player, new URL(source[list], base).href);
    await plays(page, play);
    await seeks(page, play);
    await changesRungs(page, play);
    await changesSound(page, play, asked);
    await showsThumbnails(page, play);
    if (words) await showsWords(page, play);
    const errors = await page.evaluate(() => window.page.player.errors);
    play.reasons.push(...errors.map((error) => `It gave up: ${error}`));
    if (play.reasons.length > 0) play.left = { ...await page.evaluate(() => window.page.state()), unanswered: [...unanswered].map((request) => request.url()) };
    await page.evaluate(() => window.page.close());
  } catch (error) {
    play.reasons.push(play.refused ?? `The run itself failed: ${error.message.split("\n")[0]}`);
  } finally {
    await page.close();
  }
  return play;
}

async function plays(page, play) {
  const ran = await page.evaluate((patienceMs) => window.page.until(() => window.page.video.currentTime > 1, patienceMs), PATIENCE_MS);
  if (!ran) play.reasons.push("The first second did not play.");
  const length = await page.evaluate(() => window.page.video.duration);
  if (!(Math.abs(length - source.durationSeconds) < 0.1)) play.reasons.push(`It believes the source to last ${length} s instead of ${source.durationSeconds} s.`);
}

async function seeks(page, play) {
  for (const share of [0.7, 0.2]) {
    const seek = await page.evaluate(async ({ to, patienceMs }) => {
      const { video } = window.page;
      video.currentTime = to;
      void video.play();
      const ran = await window.page.until(() => !video.seeking && video.currentTime > to + 0.3, patienceMs);
      return { to, at: video.currentTime, ran };
    }, { to: Math.floor(source.durationSeconds * share), patienceMs: PATIENCE_MS });
    play.seeks.push(seek);
    if (!seek.ran) play.reasons.push(`After a seek to ${seek.to} s it stands at ${seek.at} s.`);
  }
}

async function changesRungs(page, play) {
  const rungs = (await page.evaluate(() => window.page.player.rungs())).sort((a, b) => a.width * a.height - b.width * b.height);
  const offered = source.renditions.filter((rendition) => rendition.kind === "video");
  if (new Set(rungs.map((rung) => rung.height)).size !== new Set(offered.map((rung) => rung.height)).size) {
    play.reasons.push(`It sees ${rungs.length} rungs of ${offered.length}.`);
  }
  for (const rung of [rungs.at(0), rungs.at(-1)]) {
    const there = await page.evaluate(async ({ rung, patienceMs }) => {
      const { video, player } = window.page;
      // Not at the very end, where there may be nothing left to change.
      if (video.currentTime > video.duration / 2) video.currentTime = 1;
      player.choose(rung);
      void video.play();
      return window.page.until(() => Math.abs(video.videoWidth - rung.width) <= 2 && Math.abs(video.videoHeight - rung.height) <= 2, patienceMs);
    }, { rung, patienceMs: PATIENCE_MS });
    play.rungs.push({ width: rung.width, height: rung.height, there });
    if (!there) play.reasons.push(`It did not come to show ${rung.width}×${rung.height}.`);
  }
}

/** Another sound is another rendition: its files are asked for, the time goes on, and where its tone is known it is heard. */
async function changesSound(page, play, asked) {
  play.sounds = await page.evaluate(() => window.page.player.sounds());
  // One sound in two channel layouts has one name: between these a player chooses by itself.
  const names = [...new Set(play.sounds)];
  for (const name of tones.keys()) if (!names.includes(name)) play.reasons.push(`It offers no sound ${name}, but ${names.join(", ")}.`);
  if (names.length < 2) return;
  const files = () => asked.filter((path) => path.includes("/hls/audio")).map((path) => path.split("/").at(-2));
  const before = new Set(files());
  if (tones.has(names[0])) await hears(page, play, names[0]);
  for (const name of [names.at(-1), names[0]]) {
    const ran = await page.evaluate(async ({ name, patienceMs }) => {
      const { video, player } = window.page;
      if (video.currentTime > video.duration / 2) video.currentTime = 1;
      const from = video.currentTime;
      player.chooseSound(name);
      void video.play();
      return window.page.until(() => video.currentTime > from + 1, patienceMs);
    }, { name, patienceMs: PATIENCE_MS });
    if (!ran) play.reasons.push(`With the sound ${name} it does not go on.`);
    if (tones.has(name)) await hears(page, play, name);
  }
  if (files().every((rendition) => before.has(rendition))) play.reasons.push(`It asked for nothing of the sound ${names.at(-1)}.`);
}

async function hears(page, play, name) {
  const hertz = tones.get(name);
  const heard = await page.evaluate((args) => window.page.hears(...args), [hertz, PITCH_TOLERANCE, PATIENCE_MS]);
  play.heard.push([name, Math.round(heard)]);
  if (Math.abs(heard - hertz) > PITCH_TOLERANCE) play.reasons.push(`With the sound ${name} ${heard} Hz is heard, not ${hertz} Hz.`);
}

/** hls.js has no thumbnails; the others must find the tile that the box's own arithmetic says. */
async function showsThumbnails(page, play) {
  const tiles = source.thumbnails;
  if (!tiles || play.player === "hls.js") return;
  for (const share of [0.05, 0.5, 0.95]) {
    const tile = Math.floor((source.durationSeconds * share) / tiles.secondsApart);
    const seconds = (tile + 0.5) * tiles.secondsApart;
    const found = await page.evaluate((at) => window.page.player.thumbnail(at), seconds);
    const onSheet = tile % (tiles.columns * tiles.rows);
    const wanted = {
      address: new URL(`${tiles.folder}${(tile - onSheet) / (tiles.columns * tiles.rows)}.jpg`, base).href,
      x: (onSheet % tiles.columns) * tiles.width,
      y: Math.floor(onSheet / tiles.columns) * tiles.height,
      width: tiles.width,
      height: tiles.height,
    };
    if (JSON.stringify(found) === JSON.stringify(wanted)) play.thumbnails++;
    else play.reasons.push(`At ${seconds} s it would show ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}.`);
  }
}

/** Each cue is on the screen while it lasts, once; before and after it there is none. */
async function showsWords(page, play) {
  const texts = await page.evaluate(() => window.page.player.texts());
  if (!texts.includes(words.language)) {
    play.reasons.push(`It offers no subtitles in ${words.language}, but ${texts.join(", ")}.`);
    return;
  }
  await page.evaluate((language) => window.page.player.showText(language), words.language);
  const lead = await page.evaluate(() => window.page.firstPicture());
  for (const [start, end, text] of words.cues) {
    for (const [at, count] of [[start + 0.04, 1], [end - 0.04, 1], [end + 0.04, 0], [start - 0.04, 0]]) {
      const cues = await page.evaluate(([at, count, patienceMs]) => window.page.cuesAt(at, count, patienceMs), [at + lead, count, PATIENCE_MS]);
      const right = cues.length === count && cues.every((cue) => cue.text === text
        && Math.abs(cue.start - lead - start) <= CUE_TOLERANCE && Math.abs(cue.end - lead - end) <= CUE_TOLERANCE);
      if (!right) play.reasons.push(`At ${at} s of the film it shows ${JSON.stringify(cues)} where the picture is ${lead} s late.`);
      else if (count > 0) play.cues.push(text);
    }
  }
}
