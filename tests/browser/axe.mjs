// Looks at every screen of the page by the rules of WCAG 2.2 AA, with axe-core: on a phone, a tablet and a television, dark and light.
//
//   node axe.mjs --program APPLIANCE [--only REGEX] [--chromium FILE]
//
// Makes its two films with the ffmpeg program. Prints one JSON object with what breaks which rule on which screen; exit 0 when nothing does, 1 when something does
// (`reasons`), 2 when called wrongly.
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { FILMS, makeFilm, SMALL } from "./films.mjs";
import { setUp } from "./owner.mjs";
import { AT_HOME, called, homeOf, judge, launch, scratchFolder } from "./verdict.mjs";
import { asFamily, asOwner, SIZES, THEMES } from "./walk.mjs";

/** The rules of WCAG 2.2, A and AA, and axe's own of what is good besides. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const SECONDS = 12;
const AXE = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const known = { program: { type: "string" }, only: { type: "string", default: "" } };
const options = called("axe.mjs --program APPLIANCE [--only REGEX]", known, ({ program }, rest) => program && rest.length === 0);
const result = { ok: false, reasons: [], screens: 0 };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("axe", atEnd);
  const films = join(scratch, "films");
  mkdirSync(films);
  // Drawn quickly: what is in the pictures does not matter here.
  [FILMS[2], FILMS[4]].forEach((film, place) => makeFilm(films, film, SECONDS, { isRich: place === 0, size: SMALL }));
  const box = await Box.start(options.program, [films, "--data", join(scratch, "data"), "--listen", "0.0.0.0"]);
  atEnd(() => box.stop());
  const sources = await box.sourcesReady();
  const film = sources.find((source) => source.title === FILMS[2][0]).id;
  for (const { id } of sources) await box.get(`/v1/watching/${id}`, { method: "PUT", body: JSON.stringify({ positionSeconds: 6 }), headers: { "content-type": "application/json" } });
  const base = homeOf(box);
  const browser = await launch(options.chromium, atEnd, AT_HOME);
  const owner = await browser.newContext();
  const first = await owner.newPage();
  await first.goto(`${base}/#/access`);
  await first.getByRole("button", { name: "Set up" }).waitFor();
  await look(first, "set-up");
  await setUp(first, box);
  await first.locator(".switch").waitFor();
  const cookies = await owner.cookies();
  for (const [size, device] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      if (!new RegExp(options.only).test(`${size}-${theme}`)) continue;
      const context = await browser.newContext({ colorScheme: theme, reducedMotion: "reduce", locale: "en-GB", ...device });
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      page.on("pageerror", (error) => result.reasons.push(`${size} ${theme}: ${error.message}`));
      const at = (name) => look(page, `${name}-${size}-${theme}`);
      await asFamily(page, base, { film, looked: "el" }, at);
      await context.addCookies(cookies);
      await asOwner(page, base, at);
      await context.close();
    }
  }
});

async function look(page, name) {
  // What the browser itself evaluates is not bound by what the page says of scripts.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.map(({ id, impact, help, nodes }) => `${id} (${impact}): ${help}: ${nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
  }, TAGS);
  result.screens++;
  result.reasons.push(...found.map((one) => `${name}: ${one}`));
}
