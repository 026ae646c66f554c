// Becomes the owner of a box in its page, signs out and in, makes a key and removes it, closes playing at home, and plays.
//
//   node access.mjs --program APPLIANCE [--chromium FILE] [--screenshot FILE] FILM
//
// The keyboard alone is used where a form is filled in. Prints one JSON object; exit 0 when all was as it should be, 1 when not (`reasons`), 2 when called
// wrongly.
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { PASSWORD, setUp, signIn, visit } from "./owner.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const options = called(
  "access.mjs --program APPLIANCE [--screenshot FILE] FILM",
  { program: { type: "string" }, screenshot: { type: "string" } },
  ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const box = await Box.start(options.program, [options.positionals[0], "--data", join(scratchFolder("access", atEnd), "data")]);
  atEnd(() => box.stop());
  const [{ id }] = await box.sourcesReady();
  const browser = await launch(options.chromium, atEnd);
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => result.reasons.push(error.message));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && result.reasons.push(message.text()));

  await page.goto(`${box.base}/`);
  await visit(page, "Access");
  await page.getByLabel("The console's code").fill("2222-2222");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText("That is not the code of the console.").waitFor();
  await setUp(page, box);
  await page.getByRole("heading", { name: "Keys for apps and scripts" }).waitFor();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("The owner's password").waitFor();
  await signIn(page, "wrong password");
  await page.getByText("That is not the owner's password.").waitFor();
  await signIn(page, PASSWORD);
  await page.getByRole("heading", { name: "Keys for apps and scripts" }).waitFor();
  expect(result, "what scripts see of the cookie", await page.evaluate(() => document.cookie), "");

  await page.getByLabel("Name of the new key").fill("phone");
  await page.keyboard.press("Enter");
  await page.getByText("It is shown this once.").waitFor();
  const key = await page.locator(".access__new code").innerText();
  expect(result, "the key", /^ak_[0-9a-z]{8}_[\w-]{43}$/.test(key), true);
  if (options.screenshot) await page.screenshot({ path: options.screenshot, fullPage: true });
  await page.reload();
  await page.getByRole("rowheader", { name: "phone" }).waitFor();
  expect(result, "the key after a reload", await page.getByText(key).count(), 0);

  const home = page.getByRole("switch");
  await comesTo(result, "playing at home", () => home.getAttribute("aria-checked"), "true");
  await home.focus();
  await page.keyboard.press("Space");
  await page.locator('[role="switch"][aria-checked="false"]').waitFor();

  const status = async (headers) => (await fetch(`${box.base}/v1/sources`, { headers })).status;
  expect(result, "closed without a key", await status({}), 401);
  expect(result, "open with the key", await status({ authorization: `Bearer ${key}` }), 200);
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(`${box.base}/`);
  await guest.getByText("Playing is closed here until you sign in.").waitFor();

  await page.goto(`${box.base}/#/watch/${id}?t=0`);
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  await guest.goto(`${box.base}/#/watch/${id}?t=0`);
  await guest.getByText("Playing is closed here until you sign in, on the Access screen.").waitFor();
  await guest.goto(`${box.base}/#/`);
  await signIn(guest, PASSWORD);
  await guest.locator("a[data-key]").first().waitFor();

  await page.goto(`${box.base}/#/access`);
  await page.getByRole("button", { name: "Remove phone" }).click();
  await page.getByRole("rowheader", { name: "phone" }).waitFor({ state: "detached" });
  expect(result, "the removed key", await status({ authorization: `Bearer ${key}` }), 401);
  await page.reload();
  const acts = page.locator("section[aria-label='What was done'] tbody tr td:nth-of-type(3)");
  await comesTo(result, "what was done, newest first", async () => (await acts.allInnerTexts()).filter((act) => act !== "wrong tries"), [
    "key removed", "signed in", "playing at home closed", "key made", "signed in", "signed out", "owner set up", "key made",
  ]);
});
