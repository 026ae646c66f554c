// Plays a film as a finger does on a phone: taps show and hide the controls, double taps skip, the bar is dragged; then the keys that a finger has no part in, and the theme.
//
//   node touch.mjs --program APPLIANCE [--chromium FILE]
//
// Makes its film with the ffmpeg program. Prints one JSON object; exit 0 when all was as it should be, 1 when not (`reasons`), 2 when called wrongly.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { FILMS, makeFilm, SMALL } from "./films.mjs";
import { called, comesTo, expect, judge, launch, open, scratchFolder } from "./verdict.mjs";
import { SIZES } from "./walk.mjs";

const SECONDS = 60;
const PATIENCE_MS = 120_000;

/** How far playing may have gone on meanwhile, or a skip off. */
const NEAR_SECONDS = 0.75;

const options = called("touch.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }, rest) => program && rest.length === 0);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("touch", atEnd);
  const films = join(scratch, "films");
  mkdirSync(films);
  makeFilm(films, FILMS[2], SECONDS, { size: SMALL });
  const box = await Box.start(options.program, [films, "--data", join(scratch, "data")]);
  atEnd(() => box.stop());
  const [{ id }] = await box.sourcesReady();
  const browser = await launch(options.chromium, atEnd);
  const page = await (await browser.newContext({ ...SIZES.phone, locale: "en-GB" })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => result.reasons.push(error.message));
  await open(page, `${box.base}/#/watch/${id}?t=0`);
  await taps(page);
  await drag(page);
  await keys(page);
  await theme(browser, box);
});

async function taps(page) {
  const { width, height } = SIZES.phone.viewport;
  const idle = (is) => page.waitForFunction((wanted) => ("idle" in document.querySelector(".player").dataset) === wanted, is);
  await idle(true);
  await page.touchscreen.tap(width / 2, height * 0.25);
  await idle(false);
  expect(result, "paused by a tap", await page.evaluate(() => window.appliance.video.paused), false);
  await page.getByRole("button", { name: "Pause" }).first().tap();
  expect(result, "paused by the button", await page.evaluate(() => window.appliance.video.paused), true);

  // Skips count from where it stands, so that playing has no part in them.
  const skips = [[0.9, 3, 20], [0.1, 2, -10]];
  for (const [run, [side, count, by]] of skips.entries()) {
    const at = await page.evaluate(() => window.appliance.video.currentTime);
    for (let i = 0; i < count; i++) {
      // As one run of taps, however slow the machine: what tells a double tap is when the browser saw each.
      await page.evaluate(([x, y, first]) => {
        const video = window.appliance.video;
        const given = { bubbles: true, clientX: x, clientY: y, pointerType: "touch", isPrimary: true };
        video.dispatchEvent(new PointerEvent("pointerdown", given));
        const click = new PointerEvent("click", given);
        Object.defineProperty(click, "timeStamp", { value: first });
        video.dispatchEvent(click);
      }, [width * side, height * 0.25, 1e6 + run * 1e4 + i * 100]);
    }
    await page.waitForFunction(() => !window.appliance.video.seeking);
    const moved = (await page.evaluate(() => window.appliance.video.currentTime)) - at;
    if (Math.abs(moved - by) > NEAR_SECONDS) result.reasons.push(`${count} taps at ${side} moved by ${moved} s and not by ${by} s.`);
    await page.locator(".skipped").waitFor({ state: "hidden" });
  }
}

/** The finger goes from a tenth of the bar to its middle; only letting go seeks. */
async function drag(page) {
  const bar = await page.getByRole("slider", { name: "Seek" }).boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, share) => session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: bar.x + bar.width * share, y: bar.y + bar.height / 2 }] });
  await touch("touchStart", 0.1);
  await touch("touchMove", 0.3);
  await touch("touchMove", 0.5);
  await page.locator(".tip__time", { hasText: "0:30" }).waitFor();
  expect(result, "seeking while the finger is down", await page.evaluate(() => Math.abs(window.appliance.video.currentTime - window.appliance.video.duration / 2) > 1), true);
  await touch("touchEnd");
  await page.waitForFunction(() => !window.appliance.video.seeking && Math.abs(window.appliance.video.currentTime - window.appliance.video.duration / 2) < 1);
}

async function keys(page) {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("f");
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await page.getByRole("button", { name: "Leave full screen" }).tap();
  await page.waitForFunction(() => document.fullscreenElement === null);
  await page.locator(".settings > button").tap();
  await page.locator(".menu [role=menuitemradio]", { hasText: "1.5×" }).tap();
  await comesTo(result, "the speed", () => page.evaluate(() => window.appliance.video.playbackRate), 1.5);
  expect(result, "the button for another device, where there is none", await page.getByRole("button", { name: "Play on another device" }).count(), 0);
}

/** A light device, and dark chosen: it stays so, and follows the device again when told. */
async function theme(browser, box) {
  const page = await (await browser.newContext({ ...SIZES.phone, colorScheme: "light", locale: "de-AT" })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const now = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.goto(`${box.base}/`);
  await page.locator(".hero").waitFor();
  await comesTo(result, "the language", async () => [await page.locator("html").getAttribute("lang"), await page.getByRole("searchbox").getAttribute("placeholder")], ["de", "Film suchen"]);
  await comesTo(result, "the theme of the device", now, "light");
  await page.getByRole("button", { name: "Die Box" }).tap();
  await page.getByText("Dunkel", { exact: true }).tap();
  await comesTo(result, "the theme that was chosen", now, "dark");
  await page.reload();
  await page.locator(".hero").waitFor();
  expect(result, "the theme after a reload", await now(), "dark");
  await page.getByRole("button", { name: "Die Box" }).tap();
  await page.getByText("Wie dieses Gerät", { exact: true }).tap();
  expect(result, "the theme of the device again", await now(), "light");
}
