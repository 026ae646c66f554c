// Serves files through a running appliance and judges all it serves of them by the rules of HLS, DASH and CMAF.
//
//   node check.mjs --program APPLIANCE [--table FILE] [--limit SECONDS] FILE|FOLDER…
//
// Prints a table, file by rule; --table also writes it as Markdown. A file longer than the limit is judged too: by default
// files up to 60 s, whose every segment is made. Exit: 0 every rule is kept but those known to be missed, 1 not, 2 called wrongly.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Box, sourceId, until } from "../driver/box.mjs";
import { fetchAll, read } from "./presentation.mjs";
import { judge, rules } from "./rules/all.mjs";

/** Longest wait for a source to be described: far above every measured one. */
const PATIENCE_MS = 120_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: "string" }, table: { type: "string" }, limit: { type: "string", default: "60" } },
});
if (!options.program || positionals.length === 0 || !(Number(options.limit) > 0)) {
  console.error("usage: node check.mjs --program APPLIANCE [--table FILE] [--limit SECONDS] FILE|FOLDER…");
  process.exit(2);
}

const files = positionals.flatMap((path) => (statSync(path).isDirectory()
  ? readdirSync(path).sort().map((name) => resolve(path, name))
  : [resolve(path)]));
const scratch = mkdtempSync(join(tmpdir(), "standards-"));
const box = await Box.start(options.program, ["--data", scratch]);
const rows = [];
const notes = [];
try {
  for (const file of files) rows.push(await judged(file));
} finally {
  await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}
report();

/** @returns the file's name and, by rule, "ok", "MISS", "miss" (known), or "–"; or why it was not judged. */
async function judged(file) {
  const row = { file: basename(file), cells: [], why: "" };
  try {
    await box.get("/v1/sources", { method: "POST", body: JSON.stringify({ path: file }), headers: { "content-type": "application/json" } });
    const id = sourceId(file);
    let source;
    await until(async () => {
      const answer = await box.get(`/v1/sources/${id}`);
      source = answer.status === 200 ? answer.json() : { state: "probing" };
      return source.state !== "probing";
    }, PATIENCE_MS, `${row.file} is probed`);
    if (source.state !== "ready") row.why = `refused: ${source.reason}`;
    else if (source.durationSeconds > Number(options.limit)) row.why = `${Math.round(source.durationSeconds)} s long`;
    if (row.why) return row;
    const presentation = read(await fetchAll(box, id));
    row.cells = rules.map((rule) => {
      const faults = judge(rule, presentation);
      for (const fault of faults) if (!rule.miss) notes.push(`${row.file}: ${rule.id}: ${fault}`);
      return faults.length === 0 ? "ok" : rule.miss ? "miss" : "MISS";
    });
  } catch (error) {
    row.why = `not judged: ${error.message}`;
    notes.push(`${row.file}: ${row.why}`);
  }
  console.error(`${row.file}: ${row.why || row.cells.filter((cell) => cell === "ok").length + " of " + rules.length}`);
  return row;
}

function report() {
  const lines = ["| rule | what | HLS | DASH | Apple |", "|---|---|---|---|---|"];
  const mark = (rule, kind) => (rule.of.includes(kind) ? "×" : "");
  for (const rule of rules) lines.push(`| \`${rule.id}\` | ${rule.name} | ${mark(rule, "HLS")} | ${mark(rule, "DASH")} | ${rule.apple} |`);
  for (const kind of ["HLS", "DASH"]) {
    const shown = rules.map((rule, place) => ({ rule, place })).filter(({ rule }) => rule.of.includes(kind));
    lines.push("", `**${kind}**`, "", `| file | ${shown.map(({ rule }) => rule.id).join(" | ")} |`, `|---|${shown.map(() => "---|").join("")}`);
    for (const row of rows) lines.push(`| ${row.file} | ${row.why || shown.map(({ place }) => row.cells[place]).join(" | ")} |`);
  }
  lines.push("");
  for (const rule of rules.filter((one) => one.miss)) lines.push(`- \`${rule.id}\` is knowingly missed: ${rule.miss}.`);
  for (const note of notes) lines.push(`- MISS ${note}`);
  const judgedRows = rows.filter((row) => row.cells.length > 0);
  lines.push("", `${judgedRows.length} of ${rows.length} files judged by ${rules.length} rules; ${notes.length} faults.`);
  console.log(lines.join("\n"));
  if (options.table) writeFileSync(options.table, `${lines.join("\n")}\n`);
  process.exitCode = notes.length === 0 && judgedRows.length > 0 ? 0 : 1;
}
