// Asks a real box everything that the API's document says can be asked, and holds each request and answer against the document.
// Usage: node answers.mjs PROGRAM FILM DOCUMENT [RECORD]
//   FILM      a short one with picture, sound and subtitles; it is served, and uploaded once more
//   RECORD    where to write the bodies as the document's examples
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { privateKeyToAccount, generatePrivateKey } from "viem/accounts";
import { Box, until } from "../../driver/box.mjs";
import { types } from "../rewards/receipt.mjs";
import { judge } from "./schemas.mjs";

const [program, film, documentPath, record] = process.argv.slice(2);
const document = JSON.parse(await readFile(documentPath, "utf8"));
const judged = judge(document);
const folder = await mkdtemp(join(tmpdir(), "appliance-answers-"));
const examples = {};
const asked = new Set();
const faults = [];
const PATIENCE_MS = 300_000;
let box;

/** Asks, and judges. @param how { at: another address of the same, params, query, headers, json, bytes, as: the credentials, expect: the status } */
async function ask(method, path, how = {}) {
  const { params = {}, query = {}, headers = {}, at, json, bytes, as = { authorization: `Bearer ${box.token}` }, expect } = how;
  const address = new URL(at ?? path.replace(/\{(\w+)\}/g, (_, name) => (name === "path" ? params[name] : encodeURIComponent(params[name]))), box.base);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const response = await fetch(address, {
    method,
    headers: { ...as, ...headers, ...(json && { "content-type": "application/json" }) },
    body: json ? JSON.stringify(json) : bytes,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const say = (fault) => fault && faults.push(`${method} ${path} ${response.status}: ${fault}`);
  const mediaType = response.headers.get("content-type")?.split(";")[0] ?? "";
  const body = mediaType === "text/event-stream" ? (await response.body.cancel(), "events")
    : mediaType.endsWith("json") ? await response.json()
    : mediaType.startsWith("text/") ? await response.text() : (await response.arrayBuffer()).byteLength === 0 ? undefined : "bytes";
  say(judged.answer(method, path, response.status, mediaType, body));
  if (response.ok && json) say(judged.request(method, path, json));
  if (expect ? response.status !== expect : !response.ok) say(`unexpected: ${JSON.stringify(body)}`);
  asked.add(`${method.toLowerCase()} ${path}`);
  if (response.ok) {
    if (json) examples[`${method} ${path} request`] ??= json;
    if (mediaType === "application/json") examples[`${method} ${path} ${response.status}`] ??= body;
  }
  return { status: response.status, headers: response.headers, body };
}

/** Short, and of no machine's own. */
function example(value) {
  if (Array.isArray(value)) return value.slice(0, 2).map(example);
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === "key" && /^ak_/.test(inner) ? "ak_…" : name === "secret" ? "whsec_…" : example(inner)]));
  return typeof value !== "string" ? value : value.length > 400 ? `${value.slice(0, 40)}…` : value.replaceAll(folder, "/srv");
}

try {
  const served = join(folder, "films", "A film.mkv");
  const more = join(folder, "films", "Another film.mkv");
  await mkdir(join(folder, "films"));
  await writeFile(served, await readFile(film));
  await writeFile(more, Buffer.concat([await readFile(film), Buffer.from("another")]));
  box = await Box.start(program, [served, "--data", join(folder, "data"), "--port", "0"]);
  const [source] = await box.sourcesReady();
  const id = source.id;

  // Anybody's.
  const nobody = { as: {} };
  await ask("GET", "/health/live", nobody);
  await until(async () => (await fetch(`${box.base}/health/ready`)).ok, PATIENCE_MS, "the box is ready");
  await ask("GET", "/health/ready", nobody);
  await ask("GET", "/v1/session", nobody);
  await ask("GET", "/v1/prices", nobody);
  await ask("GET", "/v1/weights/{version}", { params: { version: 2 }, ...nobody });
  await ask("GET", "/v1/weights/{version}", { params: { version: 99 }, expect: 404, ...nobody });
  await ask("GET", "/v1/identity", nobody);
  await ask("GET", "/v1/log/key", nobody);
  await ask("GET", "/v1/keys", { expect: 401, ...nobody });

  // The owner, by the console's code, and then by a session as pages have it.
  const password = "a password of this box";
  const setUp = await ask("POST", "/v1/owner", { json: { code: box.code, password }, ...nobody });
  await ask("POST", "/v1/owner", { json: { code: "none", password }, expect: 409, ...nobody });
  let cookie = setUp.headers.get("set-cookie").split(";")[0];
  await ask("DELETE", "/v1/session", { as: { cookie, "x-csrf-token": setUp.body.csrf } });
  await ask("POST", "/v1/session", { json: { password: "another password" }, expect: 401, ...nobody });
  const signed = await ask("POST", "/v1/session", { json: { password }, ...nobody });
  cookie = signed.headers.get("set-cookie").split(";")[0];
  const owner = { as: { cookie, "x-csrf-token": signed.body.csrf } };
  await ask("GET", "/v1/session", owner);
  await ask("PUT", "/v1/owner", { json: { password, newPassword: `${password}, changed` }, ...owner });
  const { body: { sessions } } = await ask("GET", "/v1/sessions", owner);
  await ask("DELETE", "/v1/sessions/{id}", { params: { id: "none" }, expect: 404, ...owner });
  await ask("GET", "/v1/access", owner);
  await ask("PUT", "/v1/access", { json: { homeIsOpen: true }, ...owner });
  await ask("PUT", "/v1/access", { json: { homeIsOpen: true }, as: { cookie }, expect: 403 });
  const { body: made } = await ask("POST", "/v1/keys", { json: { name: "An app", scopes: ["play", "orders"], requestsAMinute: 100000, mediaSecondsADay: 86400 }, ...owner });
  await ask("POST", "/v1/keys", { json: { name: "" }, expect: 400, ...owner });
  const { body: spare } = await ask("POST", "/v1/keys", { json: { name: "Another", scopes: ["jobs"], expiresAt: "2126-01-01T00:00:00Z" }, ...owner });
  await ask("GET", "/v1/keys", owner);
  await ask("DELETE", "/v1/keys/{id}", { params: { id: spare.id }, ...owner });
  await ask("GET", "/v1/network", owner);
  await ask("PUT", "/v1/network", { json: { reach: false }, ...owner });

  // What is served, and playing it.
  await ask("GET", "/v1/library");
  await ask("POST", "/v1/sources", { json: { path: more } });
  await ask("POST", "/v1/sources", { json: { path: "films" }, expect: 400 });
  const { body: { paths } } = await ask("GET", "/v1/library");
  await ask("DELETE", "/v1/library/{id}", { params: { id: paths.find((path) => path.isAdded).id } });
  await ask("GET", "/v1/sources");
  await ask("GET", "/v1/sources", { query: { limit: 1 } });
  await ask("GET", "/v1/sources", { query: { limit: 0 }, expect: 400 });
  const { body: detail } = await ask("GET", "/v1/sources/{id}", { params: { id } });
  await ask("GET", "/v1/sources/{id}", { params: { id: "0".repeat(20) }, expect: 404 });
  await ask("GET", "/v1/sources/{id}/still.jpg", { params: { id }, query: { t: "1.5", w: "320" } });
  await ask("GET", "/v1/sources/{id}/tuning.json", { params: { id }, query: { t: "1" } });
  await ask("GET", "/v1/sources/{id}/hls/master.m3u8", { params: { id } });
  await ask("GET", "/v1/sources/{id}/dash/manifest.mpd", { params: { id } });
  await ask("GET", "/v1/sources/{id}/hls/master.m3u8", { params: { id }, query: { renditions: "320x180-300k" } });
  const wished = await (await fetch(`${box.base}/v1/sources/${id}/hls/master.m3u8?renditions=320x180-300k`)).text();
  await ask("GET", "/v1/sources/{id}/hls/master.m3u8", { params: { id }, query: { renditions: "900p" }, expect: 400 });
  await ask("GET", "/v1/sources/{id}/dash/manifest.mpd", { params: { id }, query: { renditions: "320x180-300k" } });
  const [, small] = /^(320x180-300k-[0-9a-f]{12})\/index\.m3u8$/m.exec(wished);
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.m4s", { params: { id, rendition: small, index: 1 } });
  const rung = detail.renditions.find((rendition) => rendition.kind === "video" && rendition.name !== "source");
  const words = detail.renditions.find((rendition) => rendition.kind === "text");
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/index.m3u8", { params: { id, rendition: rung.id } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/init.mp4", { params: { id, rendition: rung.id } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.m4s", { params: { id, rendition: rung.id, index: 0 } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.m4s", { params: { id, rendition: rung.id, index: 9999 }, expect: 404 });
  const sound = detail.renditions.find((rendition) => rendition.kind === "audio").id;
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/init.mp4", { params: { id, rendition: sound } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.m4s", { params: { id, rendition: sound, index: 1 } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.vtt", { params: { id, rendition: words.id, index: 0 } });
  await ask("GET", "/v1/sources/{id}/hls/{rendition}/{index}.jpg", { params: { id, rendition: detail.thumbnails.folder.split("/").at(-2), index: 0 } });
  await ask("PUT", "/v1/watching/{source}", { params: { source: id }, json: { positionSeconds: 2, secondsAgo: 0 } });
  await ask("PUT", "/v1/watching/{source}", { params: { source: id }, json: { positionSeconds: -1 }, expect: 400 });
  await ask("PUT", "/v1/watching/{source}", { params: { source: "0".repeat(20) }, json: { positionSeconds: 2 }, expect: 404 });
  await ask("GET", "/v1/watching");
  await ask("DELETE", "/v1/watching/{source}", { params: { source: id } });
  await ask("POST", "/v1/sources/{id}/urls", { params: { id }, json: { expiresInSeconds: 3600 } });
  const pathways = [{ id: "cdn", base: "https://cdn.example/a-film/" }];
  const { body: { hls } } = await ask("POST", "/v1/sources/{id}/urls", { params: { id }, json: { pathways } });
  await ask("GET", "/v1/sources/{id}/steering.json", { at: hls.replace("hls/master.m3u8", "steering.json"), ...nobody });
  await ask("GET", "/v1/sources/{id}/steering.json", { params: { id }, expect: 404 });
  await ask("DELETE", "/v1/urls", owner);

  // Uploads, by hand.
  const tus = { "tus-resumable": "1.0.0" };
  const pieces = "application/offset+octet-stream";
  await ask("OPTIONS", "/v1/uploads", nobody);
  const begun = await ask("POST", "/v1/uploads", { headers: { ...tus, "upload-length": "10", "upload-metadata": `filename ${btoa("Uploaded.mkv")}` } });
  const upload = begun.headers.get("location").split("/").at(-1);
  await ask("OPTIONS", "/v1/uploads/{id}", { params: { id: upload }, ...nobody });
  await ask("PATCH", "/v1/uploads/{id}", { params: { id: upload }, headers: { ...tus, "upload-offset": "0", "content-type": pieces }, bytes: "01234" });
  await ask("PATCH", "/v1/uploads/{id}", { params: { id: upload }, headers: { ...tus, "upload-offset": "0", "content-type": pieces }, bytes: "01234", expect: 409 });
  await ask("HEAD", "/v1/uploads/{id}", { params: { id: upload }, headers: tus });
  await ask("GET", "/v1/uploads");
  await ask("POST", "/v1/uploads/{id}", { params: { id: upload }, headers: { ...tus, "x-http-method-override": "HEAD" } });
  await ask("DELETE", "/v1/uploads/{id}", { params: { id: upload }, headers: tus });

  // An order, by a wallet.
  const wallet = privateKeyToAccount(generatePrivateKey());
  const app = { as: { authorization: `Bearer ${made.key}` } };
  const deposit = { json: { requester: wallet.address, amount: "1000000000000000", reference: "cash" }, headers: { "idempotency-key": "a deposit" } };
  await ask("POST", "/v1/rewards/deposits", deposit);
  await ask("POST", "/v1/rewards/deposits", { json: deposit.json, expect: 400 });
  await ask("POST", "/v1/rewards/withdrawals", { json: { requester: wallet.address, amount: "1000", reference: "cash" }, headers: { "idempotency-key": "a withdrawal" } });
  const { body: quote } = await ask("POST", "/v1/quotes", { json: { source: id, renditions: [rung.name, "256x144-250k"], requester: wallet.address }, ...app });
  await ask("POST", "/v1/orders", { json: { quote: quote.id, signature: await wallet.signTypedData(quote.typedData) }, ...app });
  await ask("POST", "/v1/orders", { json: { quote: quote.id, signature: "0x00" }, expect: 400, ...app });
  const params = { quote: quote.id };
  await until(async () => {
    const { body: { receipts } } = await ask("GET", "/v1/orders/{quote}/receipts", { params, ...app });
    const signatures = await Promise.all(receipts.filter(({ receipt }) => !receipt.requesterSignature).map(async ({ sequence, receipt: { domain, message } }) => (
      { sequence, signature: await wallet.signTypedData({ domain, types, primaryType: "WorkReceipt", message }) })));
    if (signatures.length > 0) await ask("POST", "/v1/orders/{quote}/countersignatures", { params, json: { signatures }, ...app });
    await delay(200);
    return (await ask("GET", "/v1/orders/{quote}", { params, ...app })).body.charged !== null;
  }, PATIENCE_MS, "the order is settled");
  // One with a countersignature makes the better example.
  delete examples["GET /v1/orders/{quote}/receipts 200"];
  delete examples["GET /v1/orders/{quote} 200"];
  const { body: { receipts: [{ sequence }] } } = await ask("GET", "/v1/orders/{quote}/receipts", { params, ...app });
  await ask("GET", "/v1/orders/{quote}", { params, ...app });
  await ask("GET", "/v1/orders/{quote}/receipts/{sequence}/proof", { params: { ...params, sequence }, ...app });

  // A job of the owner's own: what is made already costs an order nothing, so it comes after.
  const twice = { json: { source: id, renditions: [rung.name] }, headers: { "idempotency-key": "a job" } };
  const { body: job } = await ask("POST", "/v1/jobs", twice);
  const { body: again } = await ask("POST", "/v1/jobs", twice);
  if (again.id !== job.id) faults.push("POST /v1/jobs: the same key made another job");
  await ask("POST", "/v1/jobs", { ...twice, json: { source: id }, expect: 422 });
  await ask("GET", "/v1/jobs/{id}/events", { params: { id: job.id } });
  await until(async () => (await ask("GET", "/v1/jobs/{id}", { params: { id: job.id } })).body.state === "done", PATIENCE_MS, "the job is done");
  await ask("GET", "/v1/jobs");
  await ask("DELETE", "/v1/jobs/{id}", { params: { id: job.id } });

  // An app that is told. Nobody is there, which it says.
  const hook = { json: { url: "https://app.example/appliance", events: ["job.completed"] }, headers: { "idempotency-key": "a webhook" } };
  const { body: told } = await ask("POST", "/v1/webhooks", hook);
  const { body: toldAgain } = await ask("POST", "/v1/webhooks", hook);
  if (toldAgain.id !== told.id || toldAgain.secret !== told.secret) faults.push("POST /v1/webhooks: the same key made another");
  await ask("POST", "/v1/webhooks", { ...hook, json: { ...hook.json, events: ["job.failed"] }, expect: 422 });
  await ask("GET", "/v1/webhooks");
  await ask("GET", "/v1/webhooks/{id}", { params: { id: told.id } });
  await ask("POST", "/v1/webhooks/{id}/test", { params: { id: told.id } });
  await ask("GET", "/v1/webhooks/{id}/deliveries", { params: { id: told.id } });
  await ask("DELETE", "/v1/webhooks/{id}", { params: { id: told.id } });

  // The books.
  await ask("GET", "/v1/rewards/status");
  await ask("GET", "/v1/rewards/records", { query: { after: 0, limit: 2 } });
  await ask("GET", "/v1/rewards/records", { query: { limit: 0 }, expect: 400 });
  await ask("GET", "/v1/rewards/records/{sequence}/proof", { params: { sequence: 1 } });
  await ask("GET", "/v1/rewards/totals");
  await ask("GET", "/v1/rewards/receipts", { query: { after: 0, limit: 2 } });
  await ask("GET", "/v1/rewards/earnings");
  await ask("GET", "/v1/rewards/requesters/{address}", { params: { address: wallet.address } });
  await ask("GET", "/v1/rewards/requesters/{address}/statement", { params: { address: wallet.address }, query: { limit: 1 } });
  const { body: { epoch } } = await ask("POST", "/v1/rewards/epochs");
  await ask("GET", "/v1/epochs/last", nobody);
  await ask("GET", "/v1/epochs/{epoch}", { params: { epoch }, ...nobody });
  await ask("GET", "/v1/epochs/{epoch}/claims", { params: { epoch }, ...nobody });
  await ask("GET", "/v1/rewards/audit");
  await ask("GET", "/v1/log/checkpoint", nobody);
  await ask("GET", "/v1/log/tile/{path}", { params: { path: "0/000.p/1" }, ...nobody });

  // The box.
  await ask("GET", "/v1/activity");
  await ask("GET", "/v1/events", { query: { topics: "library,jobs" } });
  await ask("GET", "/v1/events", { query: { topics: "weather" }, expect: 400 });
  await ask("GET", "/v1/storage");
  await ask("DELETE", "/v1/cache");
  await ask("GET", "/v1/settings");
  await ask("GET", "/v1/settings/{name}/lines", { params: { name: "cache-quota" }, query: { value: "20G" } });
  await ask("GET", "/v1/settings/{name}/lines", { params: { name: "cache-quota" }, query: { value: "much" }, expect: 400 });
  await ask("GET", "/v1/settings/{name}/lines", { params: { name: "none" }, query: { value: "1" }, expect: 404 });
  await ask("GET", "/v1/budgets");
  await ask("PUT", "/v1/budgets/wish", { json: { cores: 1, celsius: 75, quiet: "22:00-07:00" } });
  await ask("PUT", "/v1/budgets/wish", { json: { cores: 0 }, expect: 400 });
  await ask("GET", "/v1/budgets/wish");
  await ask("PUT", "/v1/budgets/wish", { json: {} });
  await ask("GET", "/metrics");
  await ask("GET", "/v1/audit", { query: { limit: 5 } });
  await ask("GET", "/v1/hardware");
  await ask("POST", "/v1/hardware/probe");
  await ask("DELETE", "/v1/sessions/{id}", { params: { id: sessions[0].id } });

  const every = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`));
  for (const operation of every.filter((operation) => !asked.has(operation))) faults.push(`${operation} was not asked`);
  if (record) {
    await writeFile(record, `${JSON.stringify(Object.fromEntries(Object.entries(examples).sort().map(([name, body]) => [name, example(body)])), null, 2)}\n`);
  }
  console.log(`${asked.size} operations asked, ${new Set(faults).size} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  for (const fault of new Set(faults)) console.error(fault);
  const end = await box?.stop();
  if (end?.leaked.length) console.error(`workers outlived the box: ${end.leaked}`);
  await rm(folder, { recursive: true, force: true });
}
