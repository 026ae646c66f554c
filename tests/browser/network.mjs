// Looks at what the box says of the network, as its owner does, and has it be reached from outside and no more.
//
//   node network.mjs --program APPLIANCE [--chromium FILE] FILM
//
// Prints one JSON object with what the page said; exit 0 when it is as it should be, 1 when not (`reasons`), 2 when called wrongly.
import { join } from "node:path";
import { Box } from "../driver/box.mjs";
import { setUp, visit } from "./owner.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const options = called("network.mjs --program APPLIANCE FILM", { program: { type: "string" } }, ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const data = join(scratchFolder("network", atEnd), "data");
  const box = await Box.start(options.program, [options.positionals[0], "--data", data]);
  atEnd(() => box.stop());
  const page = await (await (await launch(options.chromium, atEnd)).newContext()).newPage();
  page.on("pageerror", (error) => result.reasons.push(error.message));
  await page.goto(`${box.base}/`);
  await visit(page, "Network");
  await setUp(page, box);
  await comesTo(result, "before", () => page.getByRole("status").textContent(), "Nobody outside the home reaches this box: its owner has not said that they may.");

  await page.getByRole("button", { name: "Let it be reached from outside" }).click();
  await page.getByRole("button", { name: "Let nobody in from outside any more" }).waitFor();
  await page.getByText("Nobody reaches this box, at home or outside: it listens to its own machine only.").first().waitFor();
  await comesTo(result, "both families", () => page.locator('[data-standing="NotListening"]').count(), 2);
  await comesTo(result, "what to do", () => page.getByText("Start it with --listen 0.0.0.0, or --listen :: for IPv6 too.").count(), 2);
  expect(result, "what the box was told", (await box.json("/v1/network")).settings.reach, true);

  await page.getByRole("button", { name: "Let nobody in from outside any more" }).click();
  await page.getByRole("button", { name: "Let it be reached from outside" }).waitFor();
  expect(result, "what the box was told at last", (await box.json("/v1/network")).settings.reach, false);
  await comesTo(result, "at home", () => page.getByText("Other devices are not shown this box, because it listens to its own machine only.").count(), 1);
});
