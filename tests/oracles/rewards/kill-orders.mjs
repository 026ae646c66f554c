// Ends a running appliance by SIGKILL at random instants while somebody orders work of it, countersigns and pays, starts it again each time, and looks whether
// anything that was acknowledged is lost or counted twice.
//
//   node kill-orders.mjs --program APPLIANCE [--kills 100] [--seed N]
//
// Each order is of another small film, made with the ffmpeg program, so that there is always something to be made. A quote whose order was not answered is
// taken again. Exit: 0 all receipts are as they were first shown, every order is charged once, and an audit finds that all adds up; 1 not so; 2 called wrongly.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { privateKeyToAccount } from "viem/accounts";
import { Box, until } from "../../driver/box.mjs";
import { killArguments, seconds } from "../../endurance/kills.mjs";
import { types } from "./receipt.mjs";

const DEPOSIT = 10n ** 18n;
/** From what a life waits for to its kill, at most: in turn for nothing but the announcement, for the first request that may be made, and twice for
 * something to have come of an order. */
const LIFE_MS = 1500;
const PROGRESS_LIMIT_MS = 60_000;
const SETTLE_LIMIT_MS = 10 * 60_000;
const FILMS = 12;

const { program, kills, seed, random } = killArguments("kill-orders.mjs", "");
const run = promisify(execFile);
const me = privateKeyToAccount(`0x${"5a".repeat(32)}`);
const scratch = mkdtempSync(join(tmpdir(), "kill-orders-"));
const films = join(scratch, "films");
const data = join(scratch, "data");
const faults = [];
/** By number: the digest that was shown first, and whether a countersignature was acknowledged. */
const receipts = new Map();
/** By quote: the order's signature; whether it was taken may not have been answered. */
const orders = new Map();
const ordered = new Set();
let token;
let isPaidIn = false;
try {
  await makeFilms();
  await play();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function makeFilms() {
  mkdirSync(films);
  for (let i = 0; i < FILMS; i++) {
    await run("ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", `testsrc2=s=480x270:r=24:d=${5 + i}`, "-f", "lavfi", "-i", `sine=${300 + i}:d=${5 + i}`,
      "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", join(films, `${i}.mkv`)]);
  }
}

async function play() {
  const started = Date.now();
  for (let life = 0; life < kills; life++) {
    const box = await start();
    let failure;
    let begin;
    const begun = new Promise((done) => {
      begin = done;
    });
    const going = live(box, begin).catch((error) => {
      failure = box.exit === null && !box.process.killed ? error : undefined;
    });
    const before = progress();
    if (life % 4 >= 1) await Promise.race([begun, going]);
    if (life % 4 >= 2) await Promise.race([until(() => progress() !== before || failure, PROGRESS_LIMIT_MS, "something comes of an order"), going]);
    await delay(random() * LIFE_MS);
    const end = await box.stop("SIGKILL");
    await going;
    if (failure) throw failure;
    if (end.leaked.length > 0) faults.push(`workers left behind after a kill: ${end.leaked.join(", ")}`);
  }
  await lastLife();
  const acknowledged = [...receipts.values()].filter((receipt) => receipt.countersigned).length;
  console.log(`${kills} kills (seed ${seed}) in ${seconds(started)} s: ${orders.size} quotes taken, ${receipts.size} receipts seen, ${acknowledged} countersignatures acknowledged; ${faults.length} faults`);
}

/** What differs when a receipt was shown, countersigned, or an order taken. */
function progress() {
  return `${orders.size} ${receipts.size} ${[...receipts.values()].filter((receipt) => receipt.countersigned).length}`;
}

async function start() {
  const box = await Box.start(program, [films, "--data", data]);
  token = box.token;
  return box;
}

/** Orders, countersigns and pays for as long as it lives. */
async function live(box, begin) {
  await box.sourcesReady();
  await payIn(box);
  begin();
  while (box.exit === null && !box.process.killed) {
    if (!(await follow(box))) await order(box);
    await delay(20);
  }
}

/** One deposit, however often it is brought. */
async function payIn(box) {
  if (isPaidIn) return;
  await post(box, "/v1/rewards/deposits", { requester: me.address, amount: String(DEPOSIT), reference: "cash" }, { "idempotency-key": "1" });
  isPaidIn = true;
}

/** Takes a quote for a film that was not ordered yet. */
async function order(box) {
  const source = (await box.json("/v1/sources")).sources.find(({ id, state }) => state === "ready" && !ordered.has(id));
  if (!source) return;
  const { id, typedData } = await post(box, "/v1/quotes", { source: source.id, requester: me.address });
  orders.set(id, { signature: await me.signTypedData(typedData), source: source.id });
  await post(box, "/v1/orders", { quote: id, signature: orders.get(id).signature });
  ordered.add(source.id);
}

/** Countersigns what there is to. @returns whether an order is under way. */
async function follow(box) {
  let isOpen = false;
  for (const id of orders.keys()) {
    const answer = await box.get(`/v1/orders/${id}`);
    // A quote that was not taken is gone with the life it was made in.
    if (answer.status === 404) continue;
    ordered.add(orders.get(id).source);
    isOpen ||= answer.json().charged === null;
    await countersign(box, id);
  }
  return isOpen;
}

async function countersign(box, id) {
  const signatures = [];
  for (const { sequence, digest, receipt } of (await box.json(`/v1/orders/${id}/receipts`)).receipts) {
    const known = receipts.get(sequence);
    if (known && known.digest !== digest) faults.push(`receipt ${sequence} is another than it was`);
    if (known?.countersigned && !receipt.requesterSignature) faults.push(`the countersignature of receipt ${sequence} is lost`);
    receipts.set(sequence, { digest, countersigned: known?.countersigned ?? false });
    if (!receipt.requesterSignature) {
      const { domain, message } = receipt;
      signatures.push({ sequence, signature: await me.signTypedData({ domain, types, primaryType: "WorkReceipt", message }) });
    }
  }
  if (signatures.length === 0) return;
  await post(box, `/v1/orders/${id}/countersignatures`, { signatures });
  for (const { sequence } of signatures) receipts.get(sequence).countersigned = true;
}

async function lastLife() {
  const box = await start();
  await box.sourcesReady();
  await payIn(box);
  await until(async () => {
    if (await follow(box)) return false;
    if (ordered.size > 0) return true;
    await order(box);
    return false;
  }, SETTLE_LIMIT_MS, "every order is settled");
  let charged = 0n;
  for (const id of orders.keys()) {
    const answer = await box.get(`/v1/orders/${id}`);
    if (answer.status === 200) charged += BigInt(answer.json().charged);
  }
  const standing = await box.json(`/v1/rewards/requesters/${me.address}`);
  const status = await box.json("/v1/rewards/status");
  const made = (await box.json("/v1/rewards/totals")).totals.reduce((sum, { records }) => sum + records, 0);
  if (standing.reserved !== "0" || standing.uncountersigned !== 0) faults.push(`something is open still: ${JSON.stringify(standing)}`);
  if (BigInt(standing.funds) + charged !== DEPOSIT) faults.push(`paid in were ${DEPOSIT}; ${standing.funds} are left, and ${charged} were charged`);
  if (BigInt(status.earned) !== charged) faults.push(`${status.earned} were earned, and ${charged} charged`);
  if (status.lastReceipt !== made) faults.push(`${made} records have ${status.lastReceipt} receipts`);
  if (Object.values(status.totals).reduce((sum, total) => sum + BigInt(total), 0n) !== 0n) faults.push(`the books' balances are not 0 together: ${JSON.stringify(status.totals)}`);
  const rewards = async (...words) => (await run(program, ["rewards", ...words, "--token", token]).catch((error) => error)).stdout.trim();
  if (charged > 0n) {
    await rewards("epoch", "close", "--url", box.base);
    const audit = await rewards("audit", box.base);
    console.log(audit.split("\n")[0]);
    if (!audit.startsWith("Everything adds up")) faults.push(`the audit says: ${audit}`);
  }
  const end = await box.stop();
  if (end.code !== 0) faults.push(`the appliance ended with ${end.code ?? end.signal}: ${box.log.slice(-5).join(" | ")}`);
}

async function post(box, path, body, headers = {}) {
  const answer = await box.get(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text()}`);
  return answer.bytes.length === 0 ? null : answer.json();
}
