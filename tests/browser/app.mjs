// Runs the example of docs/apps.md against a real box, as somebody who reads it would: the owner gives its app a key and takes its money, the app orders,
// is told, countersigns, and gives out a page, which a browser plays.
//
//   node app.mjs --program APPLIANCE [--chromium FILE] FILM
//
// Prints one JSON object; exit 0 when the box shows every receipt countersigned and the order settled, and the film played, 1 when not (`reasons`), 2 when called wrongly.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Box, until } from "../driver/box.mjs";
import { called, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const PATIENCE_MS = 120_000;
const WALLET = `0x${"6b".repeat(32)}`;
const EXAMPLE = fileURLToPath(new URL("../../clients/typescript/dist/example/app.js", import.meta.url));

const options = called("app.mjs --program APPLIANCE FILM", { program: { type: "string" } }, ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [], said: [] };
await judge(result, async (atEnd) => {
  const folder = scratchFolder("app", atEnd);
  const port = await freePort();
  const box = await Box.start(options.program, [options.positionals[0], "--data", join(folder, "data"), "--allow-origin", `localhost:${port}`]);
  atEnd(() => box.stop());
  const [source] = await box.sourcesReady();
  const post = async (path, body, headers = {}) => {
    const answer = await box.get(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text()}`);
    return answer.json();
  };
  const requester = await addressOf();
  const { key } = await post("/v1/keys", { name: "The example", scopes: ["play", "links", "orders"], funds: requester });
  await post("/v1/rewards/deposits", { requester, amount: "1000000000000000", reference: "cash" }, { "idempotency-key": "a deposit" });

  const app = spawn(process.execPath, [EXAMPLE], { env: { ...process.env, APPLIANCE_URL: box.base, APPLIANCE_KEY: key, APPLIANCE_WALLET: WALLET, APP_PORT: String(port) }, stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((done) => app.once("exit", done));
  atEnd(async () => {
    app.kill("SIGTERM");
    await gone;
  });
  createInterface({ input: app.stdout }).on("line", (line) => result.said.push(line));
  createInterface({ input: app.stderr }).on("line", (line) => result.reasons.push(line));
  const hear = (start) => until(() => app.exitCode !== null || result.said.some((line) => line.startsWith(start)), PATIENCE_MS, `the app says ${start}`);

  await hear("watch at ");
  const browser = await launch(options.chromium, atEnd);
  const page = await browser.newPage();
  page.on("pageerror", (error) => result.reasons.push(String(error)));
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => document.querySelector("video").currentTime > 1, null, { timeout: PATIENCE_MS });
  result.played = await page.evaluate(() => document.querySelector("video").videoHeight > 0);
  expect(result, "the picture", result.played, true);

  await hear("settled ");
  const ordered = result.said.find((line) => line.startsWith("ordered "))?.split(" ")[1];
  const order = await box.json(`/v1/orders/${ordered}`);
  const { receipts } = await box.json(`/v1/orders/${ordered}/receipts`);
  expect(result, "the order's source and payer", [order.source, order.requester], [source.id, requester]);
  expect(result, "what was charged, as it was told", result.said.at(-1), `settled ${ordered} for ${order.charged}`);
  expect(result, "receipts without a countersignature", receipts.filter(({ receipt }) => !receipt.requesterSignature).length, 0);
  result.countersigned = receipts.length;
  if (receipts.length === 0) result.reasons.push("There are no receipts.");
  expect(result, "the payer's receipts without one, as the owner sees it", (await box.json(`/v1/rewards/requesters/${requester}`)).uncountersigned, 0);
});

/** Of the wallet, by the library that the app has. */
async function addressOf() {
  const { privateKeyToAccount } = await import(new URL("../../clients/typescript/node_modules/viem/_esm/accounts/index.js", import.meta.url).href);
  return privateKeyToAccount(WALLET).address;
}

/** One that nobody listens on now. */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
