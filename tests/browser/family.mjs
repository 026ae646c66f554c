// A box from its first start to the second evening, as a family and its owner have it, by the page alone.
//
//   node family.mjs --program APPLIANCE [--chromium FILE]
//
// The owner gives the console's code, adds a folder and uploads a film that breaks off and goes on after a reload; somebody finds a film by search, plays, seeks, switches sound
// and subtitles, and leaves; in another browser, a process of its own, it goes on at the same place; the owner looks at the earnings, and takes away what was added. Makes its
// films with the ffmpeg program. Prints one JSON object; exit 0 when all was as it should be, 1 when not (`reasons`), 2 when called wrongly.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import jsqr from "jsqr";
import { Box, until } from "../driver/box.mjs";
import { CUES, FILMS, makeFilm, SMALL } from "./films.mjs";
import { menuOf, pick } from "./menu.mjs";
import { setUp } from "./owner.mjs";
import { AT_HOME, called, comesTo, expect, homeOf, judge, launch, scratchFolder } from "./verdict.mjs";

const PATIENCE_MS = 120_000;
const SECONDS = 40;

/** Of the film that is uploaded and that nobody plays: large, so that it is three pieces. */
const UPLOADED_SECONDS = 3;

/** Where watching stops, and how far off another browser may begin. */
const LEFT_AT = 21;
const NEAR_SECONDS = 2.5;

const options = called("family.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }, rest) => program && rest.length === 0);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("family", atEnd);
  const [shelf, own, data] = ["films on the box", "own films", "data"].map((name) => join(scratch, name));
  mkdirSync(shelf);
  mkdirSync(own);
  const [, , elan, , harbour, , , , boat] = FILMS;
  makeFilm(shelf, elan, SECONDS, { isRich: true, size: SMALL });
  makeFilm(shelf, harbour, SECONDS, { size: SMALL });
  const upload = makeFilm(own, boat, UPLOADED_SECONDS);
  const box = await Box.start(options.program, ["--data", data, "--listen", "0.0.0.0"]);
  atEnd(() => box.stop());

  const owner = await openPage(await launch(options.chromium, atEnd, AT_HOME), box);
  await becomeOwner(owner, box);
  await addFolder(owner, shelf);
  await uploadFilm(owner, upload, data);
  await find(owner);
  await play(owner);
  await goOnElsewhere(await openPage(await launch(options.chromium, atEnd, AT_HOME), box));
  await lookAtEarnings(owner, box);
  await takeAway(owner, box, shelf, data);
});

async function openPage(browser, box) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => result.reasons.push(error.message));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && result.reasons.push(message.text()));
  await page.goto(`${homeOf(box)}/`);
  return page;
}

async function becomeOwner(page, box) {
  await page.getByRole("heading", { name: "Nothing here yet" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Add films" }).click();
  await setUp(page, box);
  await page.getByRole("heading", { name: "On the box" }).waitFor();
}

async function addFolder(page, shelf) {
  const field = page.getByLabel("Absolute path, as /media/films");
  await field.fill("films");
  await page.keyboard.press("Enter");
  await page.getByText("path must be the absolute path of a file or folder of this box.").waitFor();
  await field.fill(shelf);
  await page.keyboard.press("Enter");
  await page.getByText("It is added.", { exact: false }).waitFor();
  await page.getByText("2 films in the library, all looked through").waitFor();
  await page.locator(".rows__name", { hasText: shelf }).waitFor();
}

/** Stops it, loads the page anew, chooses the same file: it goes on where it was, and arrives byte for byte. */
async function uploadFilm(page, file, data) {
  // So that there is a middle: a piece takes its time.
  await page.route("**/v1/uploads/*", async (route) => {
    await new Promise((done) => setTimeout(done, route.request().method() === "PATCH" ? 700 : 0));
    await route.continue();
  });
  await choose(page, file);
  await page.waitForFunction(() => document.querySelector("progress")?.value > 0);
  await page.getByRole("button", { name: /^Pause / }).click();
  await page.getByText(/^Stopped at /).waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.getByText(/have arrived. Choose the same film again to go on.$/).waitFor();
  const before = await page.locator("progress").evaluate((bar) => bar.value);
  expect(result, "what had arrived before the reload is more than nothing", before > 0, true);
  let posts = 0;
  page.on("request", (request) => request.method() === "POST" && request.url().endsWith("/v1/uploads") && posts++);
  await choose(page, file);
  await page.locator('.rows__row[data-state="whole"]').waitFor();
  expect(result, "uploads begun after the reload", posts, 0);
  await page.unroute("**/v1/uploads/*");
  const sum = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
  const folders = readdirSync(join(data, "uploads"));
  expect(result, "folders of uploads", folders.length, 1);
  expect(result, "the uploaded film", sum(join(data, "uploads", folders[0], "film")), sum(file));
  await page.getByText("3 films in the library, all looked through").waitFor();
}

async function choose(page, file) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose films" }).click();
  await (await chooser).setFiles(file);
}

async function find(page) {
  await page.getByRole("link", { name: "Appliance" }).click();
  await page.locator("a.card").first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("zolta LODKA");
  const shown = () => page.locator(".shelf__grid > li:not([hidden]) .card__title").allInnerTexts();
  await comesTo(result, "found without accents and case", shown, ["Żółta łódka"]);
  await page.keyboard.press("Escape");
  await comesTo(result, "all again", async () => (await shown()).length, 3);
  await page.keyboard.press("/");
  await page.keyboard.type("nothing of the kind");
  await page.getByText("No film has “nothing of the kind” in its title").waitFor();
  await page.getByRole("searchbox").fill("elan");
  await comesTo(result, "found by a letter without its accent", shown, ["Élan"]);
  await page.locator(".shelf__grid > li:not([hidden]) a.card").click();
}

async function play(page) {
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  await comesTo(result, "the menu", async () => (await menuOf(page)).slice(0, 4), ["Off*", "English", "English*", "Deutsch"]);
  await pick(page, 3);
  await page.waitForFunction(() => window.appliance.hls.audioTracks[window.appliance.hls.audioTrack]?.lang?.startsWith("de"));
  await pick(page, 1);
  await page.evaluate((at) => window.appliance.video.currentTime = at, CUES[1][0] + 1);
  await page.waitForFunction((words) => [...window.appliance.video.textTracks].some((track) => track.mode === "showing" && [...(track.activeCues ?? [])].some((cue) => cue.text === words)), CUES[1][2]);
  await page.keyboard.press("c");
  await page.waitForFunction(() => [...window.appliance.video.textTracks].every((track) => track.mode !== "showing"));

  // By the mouse, on the bar; then by the keyboard.
  const bar = await page.getByRole("slider", { name: "Seek" }).boundingBox();
  await page.mouse.click(bar.x + (bar.width * (LEFT_AT - 10)) / SECONDS, bar.y + bar.height / 2);
  await page.waitForFunction(() => !window.appliance.video.seeking && window.appliance.video.readyState >= 3);
  await page.evaluate(() => {
    document.activeElement.blur();
    window.appliance.video.pause();
  });
  const at = await page.evaluate(() => window.appliance.video.currentTime);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((wanted) => Math.abs(window.appliance.video.currentTime - wanted) < 0.1 && !window.appliance.video.seeking, at + 10);
  await showTelevision(page);
  result.leftAt = await page.evaluate(() => window.appliance.video.currentTime);
  await page.keyboard.press("Escape");
  await page.locator("a.card").first().waitFor();
}

/** The address for the television, and the code for a camera, which says where exactly. */
async function showTelevision(page) {
  await page.getByRole("button", { name: "Go on on your television" }).click();
  const dialog = page.getByRole("dialog");
  const here = new URL(page.url());
  expect(result, "the address for the television", await dialog.locator(".elsewhere__address").innerText(), here.origin);
  const drawn = await dialog.locator(".elsewhere__code").evaluate((svg) => ({ size: svg.viewBox.baseVal.width, path: svg.firstElementChild.getAttribute("d") }));
  const at = Math.floor(await page.evaluate(() => window.appliance.video.currentTime));
  expect(result, "the code for a camera", read(drawn), `${here.origin}/${here.hash.split("?")[0]}?t=${at}`);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}

/** Reads a QR code that is drawn of squares, as a camera would: by another's program. */
function read({ size, path }) {
  const scale = 4;
  const side = size * scale;
  const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let i = 0; i < scale * scale; i++) pixels.fill(0, 4 * ((Number(y) * scale + Math.floor(i / scale)) * side + Number(x) * scale + (i % scale)), 4 * ((Number(y) * scale + Math.floor(i / scale)) * side + Number(x) * scale + (i % scale)) + 3);
  }
  return (jsqr.default ?? jsqr)(pixels, side, side)?.data;
}

/** Nothing of this browser but the box's address is known to it. */
async function goOnElsewhere(page) {
  await page.getByRole("link", { name: /^Continue from 0:2\d$/ }).click();
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  const at = await page.evaluate(() => window.appliance.video.played.length > 0 ? window.appliance.video.played.start(0) : window.appliance.video.currentTime);
  if (Math.abs(at - result.leftAt) > NEAR_SECONDS) result.reasons.push(`Another browser began at ${at} s and not at ${result.leftAt} s.`);
  await page.evaluate(() => window.appliance.video.currentTime = window.appliance.video.duration - 0.3);
  await page.waitForFunction(() => window.appliance.video.ended);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Play", exact: true }).waitFor();
  await comesTo(result, "films to go on with, after its end", () => page.getByRole("link", { name: /^Continue/ }).count(), 0);
}

async function lookAtEarnings(page, box) {
  // What was seen to its end elsewhere is not to be continued here either.
  await page.goto(`${homeOf(box)}/#/`);
  await page.reload();
  await page.getByRole("link", { name: "Play", exact: true }).waitFor();
  await page.getByRole("button", { name: "The box" }).click();
  await page.getByRole("link", { name: "Earnings" }).click();
  await page.getByText("Nobody has paid for anything yet. What the household watches earns nothing.").waitFor();
  await page.locator(".owner__part", { hasText: "Receipts" }).getByText("the household").first().waitFor();
}

async function takeAway(page, box, shelf, data) {
  await page.getByRole("navigation", { name: "The box" }).getByRole("link", { name: "Add films" }).click();
  await page.getByRole("button", { name: `Remove ${shelf}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: `Remove ${shelf}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("is no longer served. Its files stay where they are.").waitFor();
  await page.getByRole("button", { name: "Remove Żółta łódka" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("Nothing is served yet.").waitFor();
  await until(async () => (await box.json("/v1/sources")).sources.length === 0, PATIENCE_MS, "nothing is in the library");
  expect(result, "what was uploaded", readdirSync(join(data, "uploads")), []);
  expect(result, "what lies in the folder", readdirSync(shelf).length, 2);
}
