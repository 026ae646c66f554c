// Has somebody order work of a box and pay for it, and looks at the earnings as the owner does.
//
//   node earnings.mjs --program APPLIANCE [--chromium FILE] FILM
//
// The box asks two witnesses to cosign its log: one that runs beside it, and one that does not answer. Tries a wrong password first. Prints one JSON object with what the page says of sums, payers and receipts, and the first line of the proof that it gives of the
// newest one; exit 0 when it is what was paid, 1 when not (`reasons`), 2 when called wrongly.
import { execFile, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Box } from "../driver/box.mjs";
import { PASSWORD, setUp, signIn, visit } from "./owner.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const SECRET = `0x${"5a".repeat(32)}`;
const REQUESTER = "0xa8049bB68181799124F98E467DD749e120abFA64";
// A witness' key of no secret that anybody has, and a port that nobody listens on.
const AWAY = { key: "away.example+eb042204+BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", url: "http://127.0.0.1:9" };

const options = called("earnings.mjs --program APPLIANCE FILM", { program: { type: "string" } }, ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const folder = scratchFolder("earnings", atEnd);
  const serve = [options.positionals[0], "--data", join(folder, "data")];
  const first = await Box.start(options.program, serve);
  const witness = await witnessOf((await first.get("/v1/log/key")).text(), folder, atEnd);
  await first.stop();
  writeFileSync(join(folder, "data", "rewards.json"), JSON.stringify({ witnesses: [witness, AWAY] }));
  const box = await Box.start(options.program, serve);
  atEnd(() => box.stop());
  box.token = first.token;
  const { charged, countersigned } = await order(box);
  const browser = await launch(options.chromium, atEnd);
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  page.on("pageerror", (error) => result.reasons.push(error.message));
  await page.goto(`${box.base}/`);
  await visit(page, "Earnings");
  await setUp(page, box);
  await page.locator(".owner__sums").waitFor();
  await page.context().clearCookies();
  await page.reload();
  await signIn(page, "another password");
  await page.getByText("That is not the owner's password.").waitFor();
  await signIn(page, PASSWORD);
  await page.locator(".owner__sums").waitFor();

  const texts = (selector) => page.locator(selector).allInnerTexts();
  // Six digits that count, the others cut off.
  const sum = `${Number(charged.slice(0, 6).padEnd(charged.length, "0")) / 1e9} billionths`;
  const sums = async () => Object.fromEntries((await texts(".owner__sum")).map((text) => text.split("\n").filter(Boolean)));
  await comesTo(result, "the sums", sums, { Today: sum, "This month": sum, "In all": sum, "Can be claimed: no epoch is closed yet": "0" });
  await comesTo(result, "who paid", () => texts(".owner__part:nth-of-type(1) tr"), [`${REQUESTER}\t${sum}`]);
  await comesTo(result, "days with a bar", () => page.locator(".chart__bar").count(), 1);
  await comesTo(result, "receipts", () => page.locator(".owner__part:nth-of-type(2) tbody tr").count(), countersigned);
  await page.locator(".owner__witnesses li", { hasText: /^appliance\/witness\/[0-9a-f]{16} cosigned the first \d+, on / }).waitFor();
  await comesTo(result, "the witness away", async () => (await texts(".owner__witnesses li"))[1], "away.example has cosigned nothing yet. Not now: It cannot be reached: Connection refused.");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Proof" }).first().click();
  const proof = await download;
  expect(result, "the proof's name", proof.suggestedFilename(), `record-${countersigned}.tlog-proof`);
  expect(result, "the proof's first line", readFileSync(await proof.path(), "utf8").split("\n")[0], "c2sp.org/tlog-proof@v1");
});

/** Runs a witness of a log. @returns what rewards.json has of it. */
async function witnessOf(log, folder, atEnd) {
  const told = ["rewards", "witness", "--listen", "127.0.0.1:0", "--log", log.trim(), "--key", join(folder, "witness.key"), "--state", join(folder, "witness")];
  const witness = spawn(options.program, told, { stdio: ["ignore", "pipe", "inherit"] });
  atEnd(() => witness.kill());
  const lines = createInterface({ input: witness.stdout })[Symbol.asyncIterator]();
  const [key, where] = [(await lines.next()).value, (await lines.next()).value];
  return { key, url: where.split(" ").at(-1) };
}

async function order(box) {
  const [{ id }] = await box.sourcesReady();
  const deposit = await box.get("/v1/rewards/deposits", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "1" },
    body: JSON.stringify({ requester: REQUESTER, amount: "1000000000000000" }),
  });
  if (deposit.status !== 200) throw new Error(deposit.text());
  const requester = fileURLToPath(new URL("../oracles/rewards/requester.mjs", import.meta.url));
  return JSON.parse((await promisify(execFile)("node", [requester, box.base, box.token, id, SECRET, "240p"])).stdout);
}
