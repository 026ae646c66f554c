// How the scripts here begin and end: each holds a browser, prints one JSON object, and says by its exit status what came out.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Box, until } from "../driver/box.mjs";

const LAUNCH_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--autoplay-policy=no-user-gesture-required",
];

/** Reads the command line; ends the process with 2 where it makes no sense.
 * @param usage what to call, as `burn.mjs --program APPLIANCE`.
 * @param known options as node's parseArgs has them, besides --chromium.
 * @param isRight tells whether values and positionals make sense. */
export function called(usage, known, isRight) {
  const browser = { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" };
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { ...known, chromium: browser } });
  if (!isRight(values, positionals)) {
    console.error(`usage: node ${usage} [--chromium FILE]`);
    process.exit(2);
  }
  return { ...values, positionals };
}

/** Runs what finds out, undoes what it did, prints `result`, and sets the exit status: 1 where there are reasons against it.
 * @param act is given a function that takes what is to be done at the end; the last is done first. */
export async function judge(result, act) {
  const ends = [];
  try {
    await act((end) => ends.unshift(end));
  } catch (error) {
    result.reasons.push(`The run itself failed: ${error.message.split("\n")[0]}`);
  } finally {
    for (const end of ends) await end();
  }
  result.ok = result.reasons.length === 0;
  console.log(JSON.stringify(result, null, 2));
  process.exitCode = result.ok ? 0 : 1;
}

/** A name for this machine as others at home have one for the box: what a page at a loopback address cannot show. */
const HOME_NAME = "appliance.local";

/** What has a browser find it. */
export const AT_HOME = [`--host-resolver-rules=MAP ${HOME_NAME} 127.0.0.1`];

/** The page's address by that name. */
export function homeOf(box) {
  const url = new URL(box.base);
  url.hostname = HOME_NAME;
  return url.origin;
}

export async function launch(executablePath, atEnd, flags = []) {
  const browser = await chromium.launch({ executablePath, headless: true, args: [...LAUNCH_FLAGS, ...flags] });
  atEnd(() => browser.close());
  return browser;
}

export function scratchFolder(name, atEnd) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a film, serves it, and opens it in the box's page. @returns the page, showing its first picture, and its address.
 * @param makeFilm is given a folder, and returns a file in it. */
export async function watch({ name, program, chromium: executable, makeFilm, patienceMs, result, atEnd }) {
  const scratch = scratchFolder(name, atEnd);
  const box = await Box.start(program, [makeFilm(scratch), "--data", join(scratch, "data")]);
  atEnd(() => box.stop());
  const [{ id }] = await box.sourcesReady();
  const browser = await launch(executable, atEnd);
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.setDefaultTimeout(patienceMs);
  page.on("pageerror", (error) => result.reasons.push(String(error)));
  const address = `${box.base}/#/watch/${id}?t=0`;
  await open(page, address);
  return { page, address };
}

/** Opens an address of the box's page, and waits for its first picture. */
export async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
}

/** Longest wait for what a page is to show: far above every measured time, so that only what never comes meets it. */
const SHOWN_WITHIN_MS = 30_000;

/** Waits until something is to the letter what it should be, as a page comes to show it; adds a reason where it never is.
 * @param see looks at it. */
export async function comesTo(result, what, see, wanted) {
  let seen;
  const isThere = async () => JSON.stringify((seen = await see())) === JSON.stringify(wanted);
  await until(isThere, SHOWN_WITHIN_MS, what).catch(() => expect(result, what, seen, wanted));
}

/** Adds a reason where something is not to the letter what it should be: what is so already, and does not come to be. */
export function expect(result, what, seen, wanted) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    result.reasons.push(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
  }
}
