// Ends a running appliance by SIGKILL at random instants while it does a batch job, starts it again each time, and compares
// what the job made in the end with an undisturbed run.
//
//   node kill-appliance.mjs --program APPLIANCE [--kills 100] [--seed N] FILE
//
// When a job ends before the kills do, its folder is compared, it is deleted, and another is begun: kills then also fall
// upon the beginning and the end of jobs. One player asks for a segment in each life, so that the cache is written to.
// Exit: 0 every job ended with the same bytes, and no file was ever served or kept that differs; 1 not so; 2 called wrongly.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Box, segmentsOf, sha256, until } from "../driver/box.mjs";
import { killArguments, seconds } from "./kills.mjs";

/** The longest time from what a life waits for to its kill, in milliseconds; more on a machine so busy that the undisturbed
 * job takes long. A life waits, in turn, for nothing but the announcement, for the job, and twice for the job to have made
 * something. */
const LIFE_MS = 1500;
const LIFE_SHARE = 16;
const JOB_LIMIT_MS = 20 * 60_000;

const { program, kills, seed, random, files: films } = killArguments("kill-appliance.mjs", "FILE");
const scratch = mkdtempSync(join(tmpdir(), "kill-appliance-"));
const faults = [];
try {
  await disturbed(await undisturbed());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** @returns what an undisturbed job makes: file → SHA-256; and by address what the box serves. */
async function undisturbed() {
  const started = Date.now();
  const data = join(scratch, "calm");
  const box = await start(data);
  try {
    const [source] = await box.sourcesReady();
    const began = Date.now();
    const job = await create(box, source.id);
    await ended(box, job);
    const lifeMs = Math.max(LIFE_MS, (Date.now() - began) / LIFE_SHARE);
    const files = filesOf(join(data, "jobs", job, "output"));
    const served = new Map();
    for (const { playlist } of (await box.json(`/v1/sources/${source.id}`)).renditions) {
      const folder = playlist.replace(/[^/]+$/, "");
      for (const { file } of segmentsOf((await box.get(playlist)).text())) {
        // What no job makes unless told, as the source's own video, is asked for.
        const made = files.get(join(folder.split("/").at(-2), file));
        served.set(folder + file, made ?? sha256((await box.get(folder + file)).bytes));
      }
    }
    const records = await metered(box);
    console.log(`undisturbed: ${files.size} files, ${records.length} segments metered, in ${seconds(started)} s`);
    return { files, served, source: source.id, metered: records, lifeMs };
  } finally {
    await box.stop();
  }
}

async function disturbed({ files, served, source, metered: expected, lifeMs }) {
  const started = Date.now();
  const data = join(scratch, "rough");
  const addresses = [...served.keys()];
  let job;
  let key = 0;
  let deleting = false;
  let jobs = 0;
  let played = 0;
  let busy = 0;
  for (let life = 0; life <= kills; life++) {
    checkCache(data);
    const box = await start(data);
    try {
      await (life === kills ? lastLife(box) : cutShort(box, life));
    } finally {
      if (box.exit === null) await box.stop("SIGKILL");
    }
  }
  checkCache(data);
  if (busy === 0) faults.push("no life was long enough to make anything");
  console.log(`disturbed: ${kills} kills (seed ${seed}) in ${seconds(started)} s`);
  console.log(`in ${busy} of these lives the job made something; ${jobs} jobs ended; ${played} segments played meanwhile; ${faults.length} faults`);

  async function lastLife(box) {
    await box.sourcesReady();
    await resume(box);
    await ended(box, job);
    compare(data, job);
    jobs++;
    const now = await metered(box);
    if (JSON.stringify(now) !== JSON.stringify(expected)) faults.push(`metered ${now.length} segments instead of ${expected.length}, or with other digests`);
    const end = await box.stop();
    if (end.code !== 0) faults.push(`the appliance ended with ${end.code ?? end.signal}: ${box.log.slice(-5).join(" | ")}`);
    if (end.leaked.length > 0) faults.push(`workers left behind: ${end.leaked.join(", ")}`);
  }

  async function cutShort(box, life) {
    const before = segments(data);
    const begun = signal();
    let failure;
    // Kept until the kill: a box must be ended whatever went wrong.
    const going = live(box, begun.set).catch((error) => {
      failure = error;
    });
    if (life % 4 >= 1) await Promise.race([begun.promise, going]);
    if (life % 4 >= 2) await Promise.race([until(() => segments(data) !== before, JOB_LIMIT_MS, "the job makes something"), going]);
    await delay(random() * lifeMs);
    const end = await box.stop("SIGKILL");
    await going;
    if (failure) throw failure;
    busy += segments(data) === before ? 0 : 1;
    if (end.leaked.length > 0) faults.push(`workers left behind after a kill: ${end.leaked.join(", ")}`);
  }

  /** What happens in a life that ends by a kill; whatever of it the kill cuts off is no fault. */
  async function live(box, begin) {
    try {
      await box.sourcesReady();
      await resume(box);
      begin();
      const address = addresses[Math.floor(random() * addresses.length)];
      const answer = await box.get(address);
      if (answer.status !== 200 || sha256(answer.bytes) !== served.get(address)) faults.push(`${address}: ${answer.status}, or other bytes`);
      played++;
      await ended(box, job);
      compare(data, job);
      deleting = true;
      const deleted = await box.get(`/v1/jobs/${job}`, { method: "DELETE" });
      if (deleted.status !== 204) faults.push(`deleting a job answered ${deleted.status}`);
      forget();
    } catch (error) {
      if (box.exit === null && !box.process.killed) throw error;
    }
  }

  /** Goes on with the job, or begins one: by the same key in every life, for a kill may have come between the job's making
   * and the answer. It may also have come between its deletion and the answer. */
  async function resume(box) {
    if (deleting && (await box.get(`/v1/jobs/${job}`)).status === 404) forget();
    job ??= await create(box, source, `${key}`);
  }

  function forget() {
    jobs++;
    job = undefined;
    key++;
    deleting = false;
  }

  function compare(folder, id) {
    const made = filesOf(join(folder, "jobs", id, "output"));
    for (const [file, digest] of files) if (made.get(file) !== digest) faults.push(`${file}: ${made.has(file) ? "other bytes than undisturbed" : "missing"}`);
    for (const file of made.keys()) if (!files.has(file)) faults.push(`${file}: not made undisturbed`);
  }

  /** Whatever lies in the cache or in a job's folder under a final name is whole. */
  function checkCache(folder) {
    const digests = new Set(files.values());
    for (const [file, digest] of filesOf(join(folder, "cache"))) {
      if (/\.\d+$/.test(file) && !digests.has(digest)) faults.push(`the cache holds ${file}, which nobody made undisturbed`);
    }
    for (const [file, digest] of filesOf(join(folder, "jobs"))) {
      if (/\.(m4s|mp4)$/.test(file) && !digests.has(digest)) faults.push(`a job holds ${file}, which nobody made undisturbed`);
    }
  }
}

function start(data) {
  return Box.start(program, [...films, "--data", data]);
}

async function create(box, source, key) {
  const answer = await box.get("/v1/jobs", {
    method: "POST",
    body: JSON.stringify({ source }),
    headers: { "content-type": "application/json", ...(key === undefined ? {} : { "idempotency-key": key }) },
  });
  if (answer.status !== 201) throw new Error(`making a job answered ${answer.status}: ${answer.text()}`);
  return answer.json().id;
}

async function ended(box, job) {
  let now;
  await until(async () => {
    now = await box.json(`/v1/jobs/${job}`);
    return now.state === "done" || now.state === "failed";
  }, JOB_LIMIT_MS, "the job ends");
  if (now.state !== "done") faults.push(`the job failed: ${now.reason}`);
}

/** What the ledger holds: recipe, index and digest of each segment, sorted. */
async function metered(box) {
  const all = [];
  for (let after = 0; after !== null;) {
    const page = await box.json(`/v1/rewards/records?after=${after}&limit=1000`);
    all.push(...page.records.map(({ work }) => [work.recipeId, work.index, work.outputSha256].join(" ")));
    after = page.next ?? null;
  }
  return all.sort();
}

function signal() {
  let set;
  const promise = new Promise((done) => {
    set = done;
  });
  return { promise, set };
}

/** How many segments jobs hold. */
function segments(data) {
  const folder = join(data, "jobs");
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".m4s")).length : 0;
}

/** @returns file → SHA-256 of all below a folder; empty where there is none. */
function filesOf(folder) {
  const found = new Map();
  let entries = [];
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return found;
  }
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    found.set(relative(folder, path), sha256(readFileSync(path)));
  }
  return found;
}
