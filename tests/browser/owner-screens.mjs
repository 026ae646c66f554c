// Goes through the owner's screens as he does: what plays now, a job from its start to its end, the disk, and the settings.
//
//   node owner-screens.mjs --program APPLIANCE [--chromium FILE] [--screenshots FOLDER] FILM
//
// A second page plays the film meanwhile. Timers by which screens look again by themselves never ring: what changes on them they were told of. Prints one JSON
// object; exit 0 when all was as it should be, 1 when not (`reasons`), 2 when called wrongly.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Box, until } from "../driver/box.mjs";
import { setUp, visit } from "./owner.mjs";
import { called, comesTo, expect, judge, launch, open, scratchFolder } from "./verdict.mjs";

/** The soonest that one of these screens looks again by itself. */
const SHORTEST_POLL_MS = 2000;
const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 834, height: 1112 }, television: { width: 1920, height: 1080 } };
const SCREENS = ["now", "films", "jobs", "disk", "hardware", "network", "access", "earnings", "settings"];

const options = called(
  "owner-screens.mjs --program APPLIANCE [--screenshots FOLDER] FILM",
  { program: { type: "string" }, screenshots: { type: "string" } },
  ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const data = join(scratchFolder("owner-screens", atEnd), "data");
  const box = await Box.start(options.program, [options.positionals[0], "--data", data, "--cache-quota", "2G"]);
  atEnd(() => box.stop());
  const [{ id, title }] = await box.sourcesReady();
  const browser = await launch(options.chromium, atEnd);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => result.reasons.push(error.message));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && result.reasons.push(message.text()));
  await page.addInitScript((shortest) => {
    const set = window.setTimeout.bind(window);
    window.setTimeout = (act, after, ...rest) => (after >= shortest ? 0 : set(act, after, ...rest));
  }, SHORTEST_POLL_MS);
  await page.goto(`${box.base}/`);
  await visit(page, "Now");
  await setUp(page, box);
  await page.getByText("Nobody is watching.").waitFor();

  // Somebody comes, and is seen without reloading.
  const watching = await (await browser.newContext()).newPage();
  await open(watching, `${box.base}/#/watch/${id}?t=0`);
  await page.getByText("One is watching").waitFor();
  const viewer = page.locator("main table").first().locator("tbody tr");
  await comesTo(result, "what is watched", () => viewer.getByRole("rowheader").innerText(), title);
  const [viewing] = (await box.json("/v1/activity")).viewers;
  expect(result, "on what, and by whom", [viewing.client, viewing.by, viewing.title], ["Chrome", "home", title]);
  expect(result, "addresses told", JSON.stringify(await box.json("/v1/activity")).includes("127.0.0.1"), false);
  if (options.screenshots) await pictures(page, "now-playing");
  await watching.close();

  await visit(page, "Jobs");
  await page.getByText("There are no jobs.").waitFor();
  await page.getByRole("combobox", { name: "Film", exact: true }).selectOption(title);
  const boxes = page.getByRole("checkbox");
  await boxes.first().waitFor();
  const names = await boxes.evaluateAll((all) => all.map((one) => one.value));
  for (const name of names.slice(0, -1)) await page.getByRole("checkbox", { name, exact: true }).uncheck();
  await page.getByRole("button", { name: "Make it" }).click();
  const job = page.locator(".rows__row");
  await job.waitFor();
  if (options.screenshots) await pictures(page, "jobs-running");
  await page.locator('.rows__row[data-state="done"]').waitFor();
  const [made] = (await box.json("/v1/jobs")).jobs;
  expect(result, "what was made", [made.state, made.renditions.filter((name) => names.includes(name))], ["done", names.slice(-1)]);

  await visit(page, "Storage");
  await page.getByRole("button", { name: "Clear the finished segments" }).waitFor();
  await until(async () => (await box.json("/v1/storage")).parts[0].count > 0, 30_000, "something is kept");
  await page.getByRole("button", { name: "Clear the finished segments" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(result, "the cache, where it was not meant", (await box.json("/v1/storage")).parts[0].count > 0, true);
  await page.getByRole("button", { name: "Clear the finished segments" }).click();
  await page.getByRole("button", { name: "Remove them" }).click();
  await page.getByText(/removed, .* free again/).waitFor();
  expect(result, "the cache after it was cleared", (await box.json("/v1/storage")).parts[0].usedBytes, 0);

  await visit(page, "Jobs");
  await page.getByRole("button", { name: `Remove the job of ${title}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("There are no jobs.").waitFor();

  await visit(page, "Settings");

  // What the box may take is changed at once, and refused where it makes no sense.
  const budget = page.locator("form.budget");
  await budget.locator('[name="celsius"]').fill("70");
  await budget.locator('[name="quiet-from"]').fill("22:00");
  await budget.locator('[name="quiet-to"]').fill("07:00");
  await budget.getByRole("button", { name: "Save" }).click();
  await budget.getByText("It holds now.").waitFor();
  await budget.locator('[name="quiet-to"]').fill("22:00");
  await budget.getByRole("button", { name: "Save" }).click();
  await budget.getByText("quiet must be two times of a day, as 22:00-07:00.").waitFor();
  await page.reload();
  await budget.waitFor();
  const limits = ["cores", "celsius", "quiet-from", "quiet-to"].map((name) => budget.locator(`[name="${name}"]`));
  await comesTo(result, "what the box may take", async () => (await Promise.all(limits.map((limit) => limit.inputValue()))).join(" "), " 70 22:00 07:00");

  const quota = page.locator('[data-setting="cache-quota"]');
  await comesTo(result, "a value that was said", () => quota.locator(".setting__value").innerText(), "2G");
  await comesTo(result, "where", () => quota.locator(".setting__origin").innerText(), "said on the command line");
  const codecs = page.locator('[data-setting="codecs"]');
  await codecs.locator("summary").click();
  await codecs.getByLabel("Another value for codecs").fill("vp9");
  await codecs.getByRole("button", { name: "Show what to write" }).click();
  await codecs.getByText("--codecs wants h264 and any of hevc and av1").waitFor();
  await codecs.getByLabel("Another value for codecs").fill("h264,av1");
  await page.keyboard.press("Enter");
  await codecs.locator("pre").waitFor();
  await comesTo(result, "what to write", () => codecs.locator("pre").innerText(), "codecs: h264,av1");
  const home = page.getByRole("switch").first();
  await home.click();
  await until(async () => !(await box.json("/v1/access")).homeIsOpen, 30_000, "playing at home is closed");
  await until(async () => (await home.getAttribute("aria-checked")) === "false", 30_000, "the switch says so");
  await home.click();
  await until(async () => (await box.json("/v1/access")).homeIsOpen, 30_000, "playing at home is open again");

  for (const screen of SCREENS) {
    await page.goto(`${box.base}/#/${screen}`);
    await page.locator(".owner__body:not([aria-busy])").waitFor();
    await comesTo(result, `${screen}: headings of the first rank`, () => page.getByRole("heading", { level: 1 }).count(), 1);
    await comesTo(result, `${screen}: the mark of the present screen`, () => page.locator('nav.tabs [aria-current="page"]').count(), 1);
    expect(result, `${screen}: controls without a name`, await page.locator("main :is(button, a, input, select, progress)").evaluateAll((all) =>
      all.filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length || one.hidden || one.ariaHidden === "true")).map((one) => one.outerHTML)), []);
    expect(result, `${screen}: tables without heads`, await page.locator("main table:not(:has(th[scope]))").count(), 0);
    await page.setViewportSize(SIZES.phone);
    expect(result, `${screen}: wider than a phone`, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    if (options.screenshots) await pictures(page, screen);
  }
});

async function pictures(page, name) {
  mkdirSync(options.screenshots, { recursive: true });
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(options.screenshots, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
