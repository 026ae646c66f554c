// Looks at the reference of the API as a reader does: all of it is there, and it is found and opened by the keyboard alone.
//
//   node reference.mjs --program APPLIANCE [--chromium FILE] [--screenshot FILE] FILM
//
// Prints one JSON object; exit 0 when everything held, 1 when something did not (`reasons`), 2 when called wrongly.
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const options = called("reference.mjs --program APPLIANCE FILM", { program: { type: "string" }, screenshot: { type: "string" } }, ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const folder = scratchFolder("reference", atEnd);
  const box = await Box.start(options.program, [options.positionals[0], "--data", join(folder, "data")]);
  atEnd(() => box.stop());
  const document = await box.json("/openapi/v1.json");
  const operations = Object.values(document.paths).flatMap(Object.values);
  const browser = await launch(options.chromium, atEnd);
  const backgrounds = [];
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => result.reasons.push(String(error)));
    page.on("console", (message) => message.type() === "error" && result.reasons.push(message.text()));
    const elsewhere = [];
    page.on("request", (request) => request.url().startsWith(box.base) || elsewhere.push(request.url()));
    await page.goto(`${box.base}/reference`);
    await page.locator("main section").first().waitFor();
    backgrounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    const shown = await page.locator("details.endpoint").evaluateAll((all) => all.map((one) => one.id));
    expect(result, "what is shown", shown.toSorted(), operations.map((operation) => operation.operationId).toSorted());
    await page.keyboard.press("/");
    await page.keyboard.type("countersignatures");
    await comesTo(result, "what is found", () => page.locator("details.endpoint:visible").count(), 1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#postOrdersByQuoteCountersignatures[open]").getByText("signatures", { exact: true }).first().waitFor();
    if (options.screenshot) await page.screenshot({ path: options.screenshot });
    await page.keyboard.press("Escape");
    await comesTo(result, "what is there again", () => page.locator("details.endpoint:visible").count(), operations.length);
    // Everything that can be opened is.
    for (let more = 1; more > 0;) {
      more = await page.evaluate(() => {
        const closed = [...document.querySelectorAll("details:not([open])")];
        for (const one of closed) one.open = true;
        return closed.length;
      });
    }
    expect(result, "what came from elsewhere", elsewhere, []);
  }
  expect(result, "light and dark differ", new Set(backgrounds).size, 2);
  result.operations = operations.length;
});
