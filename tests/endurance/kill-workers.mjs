// Ends workers of a running appliance by SIGKILL at random instants while five clients play, and compares every segment
// that arrives with an undisturbed run.
//
//   node kill-workers.mjs --program APPLIANCE [--kills 100] [--seed N] FILE…
//
// Exit: 0 every segment arrived whole and identical and nothing was left behind, 1 not so, 2 called wrongly.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Box, segmentsOf, sha256 } from "../driver/box.mjs";
import { killArguments, seconds } from "./kills.mjs";

const CLIENTS = 5;

/** Between two kills, in milliseconds: on average about what a worker takes to start on a busy machine. Faster, and the
 * only thing measured is how soon a box without workers has workers again. */
const PAUSE_MS = [100, 2300];

/** Segments hardly stay in a cache this small, so that players that come round again cause work again. */
const CACHE = "1M";

const { program, kills, seed, random, files: films } = killArguments("kill-workers.mjs", "FILE…");
const scratch = mkdtempSync(join(tmpdir(), "kill-workers-"));
const faults = [];
try {
  const expected = await undisturbed();
  await disturbed(expected);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** @returns the SHA-256 of every segment of every playlist: path of the playlist → [path, digest] in order. */
async function undisturbed() {
  const started = Date.now();
  const box = await Box.start(program, [...films, "--data", join(scratch, "calm")]);
  const expected = new Map();
  try {
    for (const source of await box.sourcesReady()) {
      const detail = await box.json(`/v1/sources/${source.id}`);
      for (const { playlist } of detail.renditions) {
        const folder = playlist.replace(/[^/]+$/, "");
        const paths = segmentsOf((await box.get(playlist)).text()).map((segment) => folder + segment.file);
        const digests = [];
        for (const path of paths) {
          const answer = await box.get(path);
          if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} undisturbed`);
          digests.push([path, sha256(answer.bytes)]);
        }
        expected.set(playlist, digests);
      }
    }
    await box.idle();
  } finally {
    await box.stop();
  }
  const count = [...expected.values()].reduce((sum, digests) => sum + digests.length, 0);
  console.log(`undisturbed: ${count} segments of ${expected.size} renditions in ${seconds(started)} s`);
  return expected;
}

async function disturbed(expected) {
  const started = Date.now();
  const box = await Box.start(program, [...films, "--data", join(scratch, "rough"), "--cache-quota", CACHE]);
  let going = true;
  let arrived = 0;
  let slowest = 0;
  let busy = 0;
  try {
    await box.sourcesReady();
    const playlists = [...expected.keys()];
    const play = async (client) => {
      for (let round = client; going; round++) {
        for (const [path, digest] of expected.get(playlists[round % playlists.length])) {
          if (!going) return;
          const asked = Date.now();
          const answer = await box.get(path).catch((error) => ({ status: `no answer: ${error.message}: ${error.cause?.message ?? ""}` }));
          slowest = Math.max(slowest, Date.now() - asked);
          arrived++;
          if (answer.status !== 200) faults.push(`${path}: ${answer.status} ${answer.text?.() ?? ""}`);
          else if (sha256(answer.bytes) !== digest) faults.push(`${path}: other bytes than undisturbed`);
        }
      }
    };
    const players = Array.from({ length: CLIENTS }, (_, client) => play(client));
    for (let done = 0; done < kills && !box.exit;) {
      await delay(PAUSE_MS[0] + random() * (PAUSE_MS[1] - PAUSE_MS[0]));
      const workers = (await box.json("/v1/activity")).pool.workers.filter((worker) => worker.processId > 0);
      if (workers.length === 0) continue;
      const worker = workers[Math.floor(random() * workers.length)];
      try {
        process.kill(worker.processId, "SIGKILL");
      } catch {
        continue; // It went by itself in this moment.
      }
      done++;
      busy += worker.work ? 1 : 0;
    }
    going = false;
    await Promise.all(players);
    const activity = await box.idle();
    console.log(`disturbed: ${kills} kills (${busy} of a worker at work, seed ${seed}) in ${seconds(started)} s`);
    console.log(`${CLIENTS} clients took ${arrived} segments; slowest ${slowest} ms; ${faults.length} missing or different`);
    console.log(`workers: ${activity.pool.restarts} replaced, ${activity.pool.hung} hung; quarantined: ${activity.pool.quarantined.length}`);
    if (activity.pool.quarantined.length > 0) faults.push(`quarantined: ${JSON.stringify(activity.pool.quarantined)}`);
  } finally {
    going = false;
    const end = await box.stop();
    if (faults.length > 0) console.log(box.log.filter((line) => /broken off|quarantined|different/.test(line)).slice(0, 20).join("\n"));
    console.log(`the appliance ended with ${end.code ?? end.signal}; ${end.leaked.length} workers left behind`);
    if (end.code !== 0) faults.push(`the appliance ended with ${end.code ?? end.signal}: ${box.log.slice(-5).join(" | ")}`);
    if (end.leaked.length > 0) faults.push(`workers left behind: ${end.leaked.join(", ")}`);
  }
}
