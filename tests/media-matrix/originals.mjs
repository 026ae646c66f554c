// Counts which files are offered as they are, and why the others are not; has every segment made of those that are.
//
//   node originals.mjs --program APPLIANCE FILE|FOLDER…
//
// Prints a table. Exit: 0, 1 where a segment on offer could not be had, 2 when called wrongly.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Box, sourceId, until } from "../driver/box.mjs";

/** Longest wait for one to be described: far above every measured time. */
const PATIENCE_MS = 120_000;

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { program: { type: "string" } } });
if (!options.program || positionals.length === 0) {
  console.error("usage: node originals.mjs --program APPLIANCE FILE|FOLDER…");
  process.exit(2);
}

/** Media by their names: text that lies beside them is none. */
const MEDIA = /\.(mp4|m4v|mov|3gp|mkv|webm|ts|m2ts|mpg|mpeg|ps|avi|flv|ogv|ivf|hevc|264)$/i;
const files = positionals
  .flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).sort().map((name) => resolve(path, name)) : [resolve(path)]))
  .filter((file) => MEDIA.test(file));
const scratch = mkdtempSync(join(tmpdir(), "originals-"));
let made = 0;
let missed = 0;
const box = await Box.start(options.program, ["--data", scratch]);
try {
  const sources = [];
  for (const file of files) {
    await box.get("/v1/sources", { method: "POST", body: JSON.stringify({ path: file }), headers: { "content-type": "application/json" } });
    await until(async () => {
      const answer = await box.get(`/v1/sources/${sourceId(file)}`);
      if (answer.status !== 200 || answer.json().state === "probing") return false;
      sources.push(answer.json());
      return true;
    }, PATIENCE_MS, `${file} is described`);
  }
  const counts = new Map();
  const pictures = sources.filter((source) => source.hasVideo);
  for (const { id } of pictures) {
    const { title, renditions, notAsItIs } = await box.json(`/v1/sources/${id}`);
    const original = renditions.find((one) => one.name === "source");
    if (original) await makeAll(title, original.playlist);
    const why = original ? "Offered as they are." : notAsItIs;
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  console.log("| files | |\n|---|---|");
  for (const [why, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`| ${count} | ${why} |`);
  console.log(`\n${pictures.length} files with a picture. Of those offered, ${made} segments were made and ${missed} could not be.`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function makeAll(title, playlist) {
  const lines = (await box.get(playlist)).text().split("\n").filter((line) => line.endsWith(".m4s"));
  for (const name of ["init.mp4", ...lines]) {
    const { status } = await box.get(playlist.replace("index.m3u8", name));
    made += status === 200 ? 1 : 0;
    missed += status === 200 ? 0 : 1;
    if (status !== 200) console.error(`${title}: ${name}: ${status}`);
  }
}
