// Every rule holds on what a running box serves, and fails on what was spoilt on purpose.
//
//   APPLIANCE=PROGRAM FILM=FILE node --test rules.test.mjs
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Box } from "../driver/box.mjs";
import { copyOf, fetchAll, read } from "./presentation.mjs";
import { judge, rules } from "./rules/all.mjs";

const scratch = mkdtempSync(join(tmpdir(), "standards-"));
let box;
let raw;

before(async () => {
  box = await Box.start(process.env.APPLIANCE, [process.env.FILM, "--data", scratch]);
  const [{ id }] = await box.sourcesReady();
  raw = await fetchAll(box, id);
});

after(async () => {
  await box?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

test("every rule has an id of its own", () => {
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
});

for (const rule of rules) {
  test(`${rule.id}: ${rule.miss ? "is judged" : "holds"}`, () => {
    const faults = rule.check(read(raw));
    if (!rule.miss) assert.deepEqual(faults, []);
  });

  test(`${rule.id}: is seen to fail`, () => {
    const spoilt = copyOf(raw);
    rule.breaks(spoilt, read(raw));
    const faults = judge(rule, read(spoilt));
    assert.notEqual(faults.length, 0);
    assert.notDeepEqual(faults, rule.check(read(raw)), "It failed before it was spoilt, and alike.");
  });
}
