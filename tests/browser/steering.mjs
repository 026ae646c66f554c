// Leads a player that others wrote from the box to a CDN and back, while it plays: the box is killed, stops, and has too much to do. Nothing may stand still meanwhile.
//
//   node steering.mjs --program APPLIANCE --player hls.js|dash.js|shaka-player [--list master|manifest] [--brief] [--chromium FILE]
//
// With --brief it is killed only, and the film is small. The CDN is an nginx with a folder that `transcode` made of the same film. Prints one JSON object, with what was asked for where, and when; exit 0 when the player was where it should be
// and never stood still, 1 when not (`reasons`), 2 when called wrongly.
import { execFileSync, spawn } from "node:child_process";
import { once, setMaxListeners } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Box, until } from "../driver/box.mjs";
import { openPlayer, playersSite } from "./players/site.mjs";
import { Proxy } from "./proxy.mjs";
import { called, expect, judge, launch, scratchFolder } from "./verdict.mjs";

/** For a player to come to where it should be: only one that does not meets it. */
const PATIENCE_MS = 120_000;

/** Seconds of film that a player holds: some segments, so that it asks for more all the time. */
const AHEAD = 12;

/** Seconds of film that a player which waits for more does not have. */
const IN_HAND = 0.5;

/** How long hls.js keeps away from a pathway that failed it. The page's clock is put on by that, since nobody wants to wait for it. */
const PENALTY_MS = 300_000;

const CDN = "cdn";

let box;
let wasAway = false;

const options = called(
  "steering.mjs --program APPLIANCE --player PLAYER [--list master|manifest] [--brief]",
  { program: { type: "string" }, player: { type: "string" }, list: { type: "string" }, brief: { type: "boolean" } },
  ({ program, player }) => program && ["hls.js", "dash.js", "shaka-player"].includes(player));
const list = options.list ?? (options.player === "dash.js" ? "manifest" : "master");

/** What comes through it is never at home. A manifest of DASH names the host that was asked. */
class Elsewhere extends Proxy {
  asks({ url, headers }) {
    return { path: url, headers: { ...headers, "x-forwarded-for": "203.0.113.7" }, host: headers.host };
  }
}

/** One player, and where it asks. */
class Viewer {
  asked = [];

  static async open(browser, site, address, cdn, atEnd) {
    const viewer = new Viewer();
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    atEnd(() => context.close());
    viewer.page = await context.newPage();
    viewer.page.setDefaultTimeout(PATIENCE_MS);
    await viewer.page.addInitScript(() => {
      const now = performance.now.bind(performance);
      window.skew = 0;
      performance.now = () => now() + window.skew;
    });
    viewer.page.on("requestfinished", (request) => {
      const place = request.url().startsWith(cdn) ? CDN : "box";
      if (/\/\d+\.m4s/.test(request.url())) viewer.asked.push(place);
    });
    await openPlayer(viewer.page, site, options.player, address, { ahead: AHEAD });
    await viewer.page.evaluate(() => {
      const { video } = window.page;
      window.waits = [];
      video.addEventListener("waiting", () => {
        const { currentTime: at, buffered } = video;
        const held = Array.from({ length: buffered.length }, (_, n) => [buffered.start(n), buffered.end(n)]).find(([start, end]) => start <= at && at <= end);
        window.waits.push({ at, ahead: held ? held[1] - at : 0 });
      });
    });
    return viewer;
  }

  /** Waits until the last segments came from a place, and the film has been played further than was held when they began to.
   * @param first what is done as soon as the first came from there. */
  async is(place, when, first = () => {}) {
    const from = this.asked.length;
    const came = () => this.asked.slice(from);
    await until(() => came().at(-1) === place, PATIENCE_MS, `a segment comes from ${place} ${when}`);
    first();
    await until(() => came().slice(-4).every((one) => one === place) && came().length >= 4, PATIENCE_MS, `four segments come from ${place} ${when}`);
    await this.plays(AHEAD);
    const state = await this.page.evaluate(() => ({ ...window.page.state(), waits: window.waits, errors: window.page.player.errors }));
    result.phases.push({ when, place, at: state.currentTime, box: came().filter((one) => one === "box").length, cdn: came().filter((one) => one === CDN).length });
    // With film in hand it waits for the machine's decoder, and not for us.
    expect(result, `stood still ${when}, at`, state.waits.filter(({ ahead }) => ahead < IN_HAND), []);
    if (state.waits.length > 0) result.waits = state.waits;
    expect(result, `errors ${when}`, state.errors.filter((error) => !isOfAway(error)), []);
    expect(result, `asked last ${when}`, this.asked.at(-1), place);
  }

  /** Waits until so many seconds have been shown. */
  plays(seconds) {
    return this.page.evaluate(async ([seconds, patienceMs]) => {
      const to = window.page.video.currentTime + seconds;
      for (const end = Date.now() + patienceMs; window.page.video.currentTime < to;) {
        if (Date.now() > end) throw new Error(`It did not play ${seconds} s.`);
        await new Promise((done) => setTimeout(done, 50));
      }
    }, [seconds, PATIENCE_MS]);
  }

  async close() {
    await this.page.evaluate(() => window.page.close());
  }
}

/** dash.js calls it an error when it cannot ask a box that is away, and plays on elsewhere. */
function isOfAway(error) {
  return options.player === "dash.js" && wasAway && error.startsWith(box.base) && error.endsWith(" is not available");
}

const result = { ok: false, reasons: [], player: options.player, list, phases: [], waits: [] };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("steering", atEnd);
  const film = makeFilm(scratch, "film.mkv", options.brief ? "426x240" : "640x360", 12, options.brief ? 100 : 170);
  const films = options.brief ? [film] : [film, repeat(scratch, "load.mkv", makeFilm(scratch, "part.mkv", "1280x720", 24, 10), 60)];
  const cdn = await startCdn(scratch, film, atEnd);
  const data = join(scratch, "data");
  const port = await freePort();
  const start = async () => {
    box = await Box.start(options.program, [...films, "--data", data, "--port", String(port), "--budget", "cores=1"]);
    await box.sourcesReady();
  };
  atEnd(() => box?.stop("SIGKILL"));
  await start();
  const sources = (await box.json("/v1/sources")).sources;
  const address = await linkTo(box, sources.find((one) => one.title === "film").id, cdn);
  await makeAll(box, sources.find((one) => one.title === "film").id);
  const site = await playersSite(atEnd);
  const browser = await launch(options.chromium, atEnd);

  const near = await Viewer.open(browser, site, box.base + address, cdn, atEnd);
  await near.is("box", "at the beginning");
  await box.stop("SIGKILL");
  wasAway = true;
  await near.is(CDN, "after the box was killed");
  await start();
  await near.page.evaluate((ms) => { window.skew += ms; }, PENALTY_MS);
  await near.is("box", "after it was started again");
  if (options.brief) return near.close();

  const leaving = box.stop("SIGTERM");
  let hasEnded = false;
  leaving.then(() => { hasEnded = true; });
  // A player whose timers are late finds out by itself, as after a kill: that is told, and no fault.
  await near.is(CDN, "while the box stops", () => { result.ledWhileThere = !hasEnded; });
  const { code, signal } = await leaving;
  expect(result, "the box's end", { code, signal }, { code: 0, signal: null });
  await near.plays(5);
  await start();
  await near.is("box", "after it was started again");
  await near.close();

  const proxy = await Elsewhere.start(box.base);
  atEnd(() => proxy.stop());
  const far = await Viewer.open(browser, site, proxy.address + address, cdn, atEnd);
  await far.is("box", "before there was much to do");
  const heavy = new AbortController();
  atEnd(() => heavy.abort());
  setMaxListeners(0, heavy.signal);
  const pressing = press(box, sources.find((one) => one.title === "load").id, heavy.signal);
  await far.is(CDN, "while the box has too much to do");
  heavy.abort();
  await pressing;
  await far.close();
});

function makeFilm(folder, name, size, rate, seconds) {
  const film = join(folder, name);
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
    "-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
    "-c:v", "libx264", "-preset", "ultrafast", "-g", String(2 * rate), "-pix_fmt", "yuv420p", "-c:a", "aac", film]);
  return film;
}

/** @returns a film that is another one so many times. */
function repeat(folder, name, part, times) {
  const film = join(folder, name);
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-stream_loop", String(times - 1), "-i", part, "-map", "0", "-c", "copy", film]);
  return film;
}

/** @returns the address of the folder that `transcode` made, on an nginx. */
async function startCdn(scratch, film, atEnd) {
  const folder = join(scratch, "nginx");
  mkdirSync(folder);
  execFileSync(options.program, ["transcode", film, "--out", join(folder, "www", "film")], { stdio: "ignore" });
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  writeFileSync(file, `
    ${process.getuid() === 0 ? "user root;" : ""}
    worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
    events { worker_connections 256; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server { listen 127.0.0.1:${port}; root ${folder}/www; add_header Access-Control-Allow-Origin *; }
    }`);
  const nginx = spawn("/usr/sbin/nginx", ["-c", file, "-e", `${folder}/nginx.log`], { stdio: "ignore" });
  const ended = once(nginx, "exit");
  atEnd(async () => {
    nginx.kill("SIGTERM");
    await ended;
  });
  await until(() => answers(port), PATIENCE_MS, "nginx answers");
  return `http://127.0.0.1:${port}/film/`;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(true)).once("error", () => done(false)).once("close", () => socket.destroy());
    socket.once("connect", () => socket.end());
  });
}

/** @returns the path of a playback address that names the CDN too. */
async function linkTo(box, id, cdn) {
  const answer = await box.get(`/v1/sources/${id}/urls`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ pathways: [{ id: CDN, base: cdn }] }),
  });
  if (answer.status !== 200) throw new Error(answer.text());
  return answer.json()[list === "master" ? "hls" : "dash"];
}

/** All of a source, so that playing it costs the box nothing. */
async function makeAll(box, id) {
  const answer = await box.get("/v1/jobs", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ source: id }) });
  const job = answer.json().id;
  await until(async () => (await box.json(`/v1/jobs/${job}`)).state === "done", 300_000, "the film is made");
}

/** Plays a source in many players, each with little in hand, and each from another place and in another rung: more than any box makes in time, for longer than the test is patient. What was
 * measured of the first segment tells the box so. */
async function press(box, id, signal) {
  const source = await box.json(`/v1/sources/${id}`);
  const rungs = source.renditions.filter((one) => one.kind === "video").map(({ playlist }) => playlist.replace("index.m3u8", ""));
  const ask = (path) => box.get(path, { signal, limitMs: 300_000, headers: { "cmcd-request": "bl=500" } }).then((answer) => answer.status, () => 0);
  await ask(`${rungs[0]}0.m4s`);
  await Promise.all(rungs.flatMap((rung) => [1, 71, 141, 211].map(async (first) => {
    for (let n = first; n < first + 70 && !signal.aborted; n++) {
      while (!signal.aborted && await ask(`${rung}${n}.m4s`) !== 200) await delay(500, undefined, { signal }).catch(() => {});
    }
  })));
}
