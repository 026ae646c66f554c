// Every word the page says is in its files of strings, and every language has all of them.
//
//   node --test strings.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const web = fileURLToPath(new URL("../../src/Appliance/web", import.meta.url));
const sources = readdirSync(join(web, "src"), { recursive: true }).filter((file) => file.endsWith(".ts")).map((file) => join(web, "src", file));

/** The strings of one language, as the page bundles them. */
async function words(language) {
  const folder = mkdtempSync(join(tmpdir(), "strings-"));
  try {
    const file = join(folder, `${language}.mjs`);
    execFileSync(join(web, "node_modules", ".bin", "esbuild"), [join(web, "src", "strings.ts"), "--bundle", "--format=esm", `--outfile=${file}`, "--log-level=error", `--banner:js=const navigator={languages:["${language}"]};`]);
    return (await import(pathToFileURL(file).href)).strings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names of all strings; for functions what they say of ones and of numbers. */
function flat(value, path = "") {
  if (typeof value === "function") return [[path, value(...Array.from({ length: value.length }, () => 7))]];
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, path === "" ? name : `${path}.${name}`));
}

/** What is the same in two languages: names, units, and words that are. */
const SAME = /^(product|now\.(seconds|degrees)|jobs\.film|library\.emptyCommand|player\.(pause|original|surround)|details\.none|films\.add\.|hardware\.title|hardware\.columns\.0|access\.(keyColumns\.0|sessionColumns\.3)|network\.(router|by))|\.\d+$|milliseconds|columns/;

const english = flat(await words("en"));

test("what the box's problems have codes for, the page has words for", () => {
  const codes = readFileSync(join(web, "..", "Problems", "ProblemCode.cs"), "utf8").matchAll(/(?:=|=>) "([a-z-]+)"/g);
  const known = [...codes].map(([, code]) => code).filter((code) => code !== "code");
  assert.deepEqual(english.map(([name]) => /^causes\.(.+)$/.exec(name)?.[1]).filter(Boolean).sort(), known.sort());
});

for (const language of readdirSync(join(web, "src")).map((file) => /^strings\.([a-z]{2})\.ts$/.exec(file)?.[1]).filter((language) => language && language !== "en")) {
  test(`${language} has every string, and its own words`, async () => {
    const own = new Map(flat(await words(language)));
    assert.deepEqual([...own.keys()].sort(), english.map(([name]) => name).sort());
    assert.deepEqual([...own].filter(([name, text]) => text === "" && !/olumns\.\d+$/.test(name)).map(([name]) => name), []);
    const taken = english.filter(([name, text]) => text !== "" && own.get(name) === text && !SAME.test(name)).map(([name]) => name);
    assert.deepEqual(taken, []);
  });
}

/** Text of a source that is between quotes, without comments, imports and what only programs read. */
function literals(text) {
  const bare = text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|[^:"'`])\/\/.*$/gm, "$1")
    .replace(/^import .*$/gm, "")
    .replace(/\/(?:\\.|\[[^\]\n]*\]|[^/\n\\])+\/[gimsuy]*(?=[.,);\s])/g, "");
  return [...bare.matchAll(/"((?:\\.|[^"\\\n])*)"|`((?:\\.|\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`\\])*)`/g)].map(([whole, quoted, template], _, all) => ({
    text: (quoted ?? template).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ""),
    before: bare.slice(Math.max(0, bare.indexOf(whole) - 30), bare.indexOf(whole)),
  }));
}

/** Where such text is said to a program: classes, selectors, addresses, headers, keys and errors that nobody is shown. */
const PROGRAM = /(class|className|classList\.\w+|querySelector(All)?(<[\w\s]+>)?|matches|closest|matchMedia|fetch|set|toggle|new Error|Error|accept|sizes|ask(Json)?(<.*>)?|getJson(<.*>)?|send|log|fatal \?|case|key ===|canPlayType|waitFor|element|animate|Schemas|Pick<Schemas)\W{0,4}$/;

/** Blocks of the style sheets, whose names a program puts together. */
const styles = readdirSync(join(web, "src", "styles")).map((file) => readFileSync(join(web, "src", "styles", file), "utf8")).join("\n");
const blocks = new Set([...styles.matchAll(/\.([a-z]+)/g)].map(([, block]) => block));
const isClasses = (text) => /^[a-z_-]+( [a-z_-]+)*$/.test(text) && text.split(" ").every((name) => blocks.has(/^[a-z]+/.exec(name)?.[0]));

/** Words as people read them: two of letters with a space between, or one with a capital at its start. */
const SAID = /\p{L}{2,} \p{L}|^\p{Lu}\p{Ll}{2,}/u;

/** Names that are the same for programs and start with a capital. */
const NAMES = /^(Arrow(Left|Right|Up|Down)|Escape|Enter|Home|End|Page(Up|Down)|Media\w+|GoBack|Bearer|Promise|Works|Fails|WrongPictures|BreaksPromise|Crashed|Hung|Lied|Quarantined|Off|NotTried|NotListening|Asking|Open|DoubleNat|Direct|Refused|NoRouter|NotAllowedError|Encode|Decode|Linux)\b/;

/** The API's reference is of one language with the document that it shows. */
const REFERENCE = join(web, "src", "reference");

test("no other file says anything", () => {
  const said = [];
  for (const file of sources.filter((one) => !/strings(\.[a-z]{2})?\.ts$/.test(one) && !one.startsWith(REFERENCE))) {
    for (const { text, before } of literals(readFileSync(file, "utf8"))) {
      if (SAID.test(text) && !PROGRAM.test(before) && !isClasses(text) && !NAMES.test(text)) said.push(`${relative(web, file)}: ${text}`);
    }
  }
  assert.deepEqual(said, []);
});
