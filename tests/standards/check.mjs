// Serves files through a running appliance and judges all it serves of them by the rules of HLS, DASH and CMAF.
//
//   node check.mjs --program APPLIANCE [--table FILE] [--keep FILE] [--limit SECONDS] FILE|FOLDER…
//
// Prints a table, file by rule; --table also writes it as Markdown. --keep adds each file's row to FILE as soon as it is judged,
// one JSON object a line, and does not judge again what FILE has a row of: a run that was ended goes on where it was. Files up to
// the limit (60 s) are judged, and every segment of them is made; longer ones are named and left out.
// Exit: 0 every rule is kept but those known to be missed, 1 not, 2 called wrongly.
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Box, sourceId, until } from "../driver/box.mjs";
import { fetchAll, read } from "./presentation.mjs";
import { judge, rules } from "./rules/all.mjs";

/** Longest wait for a source to be described: far above every measured one. */
const PATIENCE_MS = 120_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: "string" }, table: { type: "string" }, keep: { type: "string" }, limit: { type: "string", default: "60" } },
});
if (!options.program || positionals.length === 0 || !(Number(options.limit) > 0)) {
  console.error("usage: node check.mjs --program APPLIANCE [--table FILE] [--keep FILE] [--limit SECONDS] FILE|FOLDER…");
  process.exit(2);
}

const files = positionals.flatMap((path) => (statSync(path).isDirectory()
  ? readdirSync(path).sort().map((name) => resolve(path, name))
  : [resolve(path)]));
const scratch = mkdtempSync(join(tmpdir(), "standards-"));
const box = await Box.start(options.program, ["--data", scratch]);
const kept = new Map(readKept().map((row) => [row.file, row]));
const rows = [];
try {
  for (const file of files) rows.push(kept.get(nameOf(file)) ?? (await judged(file)));
} finally {
  await box.stop();
  rmSync(scratch, { recursive: true, force: true });
}
report();

function nameOf(file) {
  return join(basename(dirname(file)), basename(file));
}

/** Rows of an earlier run. The last line is cut off where that run was ended while it wrote. */
function readKept() {
  if (!options.keep || !existsSync(options.keep)) return [];
  const text = readFileSync(options.keep, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) writeFileSync(options.keep, whole);
  return whole.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** @returns the file's folder and name; by rule, "ok", "MISS" or "miss" (known), or why it was not judged; and its faults. */
async function judged(file) {
  const row = { file: nameOf(file), cells: {}, why: "", faults: [] };
  const startedAt = performance.now();
  try {
    const source = await described(file);
    if (source.state !== "ready") row.why = `refused: ${source.reason}`;
    else if (source.durationSeconds > Number(options.limit)) row.why = `${Math.round(source.durationSeconds)} s long`;
    else judgeAll(read(await fetchAll(box, source.id)), row);
  } catch (error) {
    row.why = `not judged: ${error.message}`;
    row.faults.push(row.why);
  }
  const kept = Object.values(row.cells).filter((cell) => cell === "ok").length;
  console.error(`${row.file}: ${row.why || `${kept} of ${rules.length}`}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (options.keep) appendFileSync(options.keep, `${JSON.stringify(row)}\n`);
  return row;
}

async function described(file) {
  const id = sourceId(file);
  await box.get("/v1/sources", { method: "POST", body: JSON.stringify({ path: file }), headers: { "content-type": "application/json" } });
  let source;
  await until(async () => {
    const answer = await box.get(`/v1/sources/${id}`);
    source = answer.status === 200 ? answer.json() : { state: "probing" };
    return source.state !== "probing";
  }, PATIENCE_MS, `${basename(file)} is probed`);
  return source;
}

function judgeAll(presentation, row) {
  for (const rule of rules) {
    const faults = judge(rule, presentation);
    row.cells[rule.id] = faults.length === 0 ? "ok" : rule.miss ? "miss" : "MISS";
    if (!rule.miss) row.faults.push(...faults.map((fault) => `${rule.id}: ${fault}`));
  }
}

function report() {
  const lines = ["| rule | what | HLS | DASH | Apple |", "|---|---|---|---|---|"];
  const mark = (rule, kind) => (rule.of.includes(kind) ? "×" : "");
  for (const rule of rules) lines.push(`| \`${rule.id}\` | ${rule.name} | ${mark(rule, "HLS")} | ${mark(rule, "DASH")} | ${rule.apple} |`);
  for (const kind of ["HLS", "DASH"]) {
    const shown = rules.filter((rule) => rule.of.includes(kind));
    lines.push("", `**${kind}**`, "", `| file | ${shown.map((rule) => rule.id).join(" | ")} |`, `|---|${shown.map(() => "---|").join("")}`);
    for (const row of rows) lines.push(`| ${row.file} | ${row.why || shown.map((rule) => row.cells[rule.id]).join(" | ")} |`);
  }
  lines.push("");
  for (const rule of rules.filter((one) => one.miss)) lines.push(`- \`${rule.id}\` is knowingly missed: ${rule.miss}.`);
  const notes = rows.flatMap((row) => row.faults.map((fault) => `${row.file}: ${fault}`));
  for (const note of notes) lines.push(`- MISS ${note}`);
  const judgedRows = rows.filter((row) => !row.why);
  lines.push("", `${judgedRows.length} of ${rows.length} files judged by ${rules.length} rules; ${notes.length} faults.`);
  console.log(lines.join("\n"));
  if (options.table) writeFileSync(options.table, `${lines.join("\n")}\n`);
  process.exitCode = notes.length === 0 && judgedRows.length > 0 ? 0 : 1;
}
