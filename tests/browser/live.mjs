// Looks at the library while films come and go, in a page whose own timers for looking again never ring: what it shows then it was told of.
//
//   node live.mjs --program APPLIANCE [--chromium FILE] FILM ANOTHER
//
// Prints one JSON object; exit 0 when the page followed, 1 when not (`reasons`), 2 when called wrongly.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

/** The library looks every second while it probes, and else every ten; hints are waited for much shorter. */
const SHORTEST_POLL_MS = 1000;

const options = called("live.mjs --program APPLIANCE FILM ANOTHER", { program: { type: "string" } }, ({ program }, films) => program && films.length === 2);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const scratch = scratchFolder("live", atEnd);
  const films = join(scratch, "films");
  mkdirSync(films);
  copyFileSync(options.positionals[0], join(films, "First film.mkv"));
  const box = await Box.start(options.program, [films, "--data", join(scratch, "data")]);
  atEnd(() => box.stop());
  await box.sourcesReady();
  const page = await (await launch(options.chromium, atEnd)).newPage();
  page.on("pageerror", (error) => result.reasons.push(error.message));
  await page.addInitScript((shortest) => {
    const set = window.setTimeout.bind(window);
    window.setTimeout = (act, after, ...rest) => (after >= shortest ? 0 : set(act, after, ...rest));
    window.began = Math.random();
  }, SHORTEST_POLL_MS);
  const listening = page.waitForResponse((response) => response.url().includes("/v1/events"));
  await page.goto(`${box.base}/`);
  expect(result, "the stream", (await listening).status(), 200);
  await page.getByRole("heading", { name: "First film" }).waitFor();
  const began = await page.evaluate(() => window.began);

  copyFileSync(options.positionals[1], join(films, "Second film.mkv"));
  await page.getByText("Second film").first().waitFor();
  // Its state too comes by itself: from being looked at to what it is.
  await page.waitForFunction(() => !document.body.textContent.includes("Looking at this file"));
  rmSync(join(films, "First film.mkv"));
  await page.getByText("First film").first().waitFor({ state: "detached" });
  expect(result, "the page that was loaded", await page.evaluate(() => window.began), began);

  // Why a file is none, each reader is told as he speaks.
  writeFileSync(join(films, "No film.mkv"), "words, and nothing else");
  const refused = page.getByRole("group", { name: "No film" });
  await refused.waitFor();
  const source = (await box.sourcesReady()).find(({ state }) => state === "refused");
  expect(result, "why, for a program", source.reasonCode, "not-media");
  await comesTo(result, "why, in English", () => refused.getByText(source.reason).count(), 1);
  const answer = await fetch(`${box.base}/v1/sources/${source.id}/hls/master.m3u8`);
  expect(result, "what a player is told", [answer.status, (await answer.json()).code], [422, "not-media"]);
  const reader = await (await page.context().browser().newContext({ locale: "de-AT" })).newPage();
  await reader.goto(`${box.base}/`);
  const told = reader.getByRole("group", { name: "No film" });
  await told.waitFor();
  await comesTo(result, "why, in German", () => told.getByText("Das ist weder Film noch Ton.").count(), 1);
  await reader.goto(`${box.base}/#/watch/${source.id}`);
  await reader.getByRole("alert").getByText("Das ist weder Film noch Ton.").waitFor();
});
