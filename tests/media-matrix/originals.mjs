// Counts which files are offered as they are, and why the others are not; has every segment made of those that are.
//
//   node originals.mjs --program APPLIANCE FILE|FOLDER…
//
// Prints a table. Exit: 0, 1 where a segment on offer could not be had, 2 when called wrongly.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Box, until } from "../driver/box.mjs";

/** Longest wait for all to be described. */
const PATIENCE_MS = 600_000;

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { program: { type: "string" } } });
if (!options.program || positionals.length === 0) {
  console.error("usage: node originals.mjs --program APPLIANCE FILE|FOLDER…");
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "originals-"));
let made = 0;
let missed = 0;
const box = await Box.start(options.program, [...positionals, "--data", scratch]);
try {
  let sources = [];
  await until(async () => {
    ({ sources } = await box.json("/v1/sources"));
    return sources.length > 0 && sources.every((source) => source.state !== "probing");
  }, PATIENCE_MS, "all are described");
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
