// Walks through the page as a family and as its owner, and takes a picture of each screen: on a phone, a tablet and a television, dark and light.
//
//   node gallery.mjs --program APPLIANCE [--out FOLDER] [--only REGEX] [--shown-in DOCUMENT] [--films FOLDER] [--chromium FILE]
//
// The films are made here, but for the sample film, which the box makes; --films keeps them for the next time. Pictures are WebP, named SCREEN-SIZE-THEME, in a new
// folder or the one that is named; --only takes those whose name fits, --shown-in those that a document shows. Prints one JSON object; exit 0 when all were taken, 1 when not (`reasons`), 2 when called
// wrongly.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { FILMS, makeFilm } from "./films.mjs";
import { setUp } from "./owner.mjs";
import { AT_HOME, called, homeOf, judge, launch, scratchFolder } from "./verdict.mjs";
import { asFamily, asOwner, SIZES, THEMES } from "./walk.mjs";

const SECONDS = 24;

/** Widths of the pictures, and how well they are kept. */
const WEBP = { phone: 390, tablet: 560, television: 1120 };
const QUALITY = "62";

/** What was watched, to what second, how long ago: as a family leaves it in the evening. */
const WATCHED = [["The Long Orbit", 8, 60], ["Night Harbour", 13, 7000], ["Żółta łódka", 19, 90_000], ["Élan", 6, 200_000]];

const known = { program: { type: "string" }, out: { type: "string" }, only: { type: "string", default: "" }, films: { type: "string" }, "shown-in": { type: "string" } };
const options = called("gallery.mjs --program APPLIANCE [--out FOLDER] [--only REGEX] [--shown-in DOCUMENT] [--films FOLDER]", known, ({ program }, rest) => program && rest.length === 0);
const fits = new RegExp(options.only);
const shown = options["shown-in"] && new Set([...readFileSync(options["shown-in"], "utf8").matchAll(/\/([\w-]+)\.webp\)/g)].map(([, name]) => name));
const isWanted = (name) => fits.test(name) && (!shown || shown.has(name));
const result = { ok: false, reasons: [], folder: options.out ?? mkdtempSync(join(tmpdir(), "gallery-")), pictures: 0, bytes: 0 };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("gallery-box", atEnd);
  const films = options.films ?? join(scratch, "films");
  mkdirSync(result.folder, { recursive: true });
  if (!existsSync(films)) {
    mkdirSync(films, { recursive: true });
    FILMS.forEach((film, place) => makeFilm(films, film, SECONDS, { isRich: place === 0 }));
    execFileSync(options.program, ["sample", "--seconds", "30", "--out", join(films, "The sample film.mp4")], { stdio: "ignore" });
  }
  const box = await Box.start(options.program, [films, "--data", join(scratch, "data"), "--listen", "0.0.0.0"]);
  atEnd(() => box.stop());
  const sources = await box.sourcesReady();
  const idOf = (title) => sources.find((source) => source.title === title)?.id;
  for (const [title, positionSeconds, secondsAgo] of WATCHED) {
    await box.get(`/v1/watching/${idOf(title)}`, { method: "PUT", body: JSON.stringify({ positionSeconds, secondsAgo }), headers: { "content-type": "application/json" } });
  }
  const base = homeOf(box);
  const browser = await launch(options.chromium, atEnd, AT_HOME);
  const cookies = await becomeOwner(browser, base, box);
  for (const [size, device] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      if (shown && ![...shown].some((name) => name.endsWith(`-${size}-${theme}`))) continue;
      const context = await browser.newContext({ colorScheme: theme, reducedMotion: "reduce", locale: "en-GB", ...device });
      const page = await context.newPage();
      page.setDefaultTimeout(240_000);
      page.on("pageerror", (error) => result.reasons.push(`${size} ${theme}: ${error.message}`));
      const take = (name) => picture(page, `${name}-${size}-${theme}`, size);
      await asFamily(page, base, { film: idOf("The Long Orbit"), looked: "el" }, take);
      await context.addCookies(cookies);
      await asOwner(page, base, take);
      await context.close();
    }
  }
});

async function becomeOwner(browser, base, box) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${base}/#/access`);
  await setUp(page, box);
  await page.locator(".switch").waitFor();
  return context.cookies();
}

async function picture(page, name, size) {
  if (!isWanted(name)) return;
  const png = join(result.folder, `${name}.png`);
  const file = join(result.folder, `${name}.webp`);
  await page.screenshot({ path: png });
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", png, "-vf", `scale=${WEBP[size]}:-2:flags=lanczos`, "-c:v", "libwebp", "-quality", QUALITY, "-compression_level", "6", file]);
  rmSync(png);
  result.pictures++;
  result.bytes += statSync(file).size;
}
