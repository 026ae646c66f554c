// What the page makes of the bitrate that a box suggests. Needs the page's own packages, for its compiler.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const page = new URL("../../src/Appliance/web/", import.meta.url);
const { transform } = createRequire(page)("esbuild");
const source = await readFile(new URL("src/player/suggested-bitrate.ts", page), "utf8");
const { code } = await transform(source, { loader: "ts", format: "esm" });
const { suggestedBitrate, highestLevel } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

assert.equal(suggestedBitrate('"appliance";etp=96000;mb=4720'), 4_720_000);
assert.equal(suggestedBitrate('"appliance";mb=4720;du'), 4_720_000);
assert.equal(suggestedBitrate('"far";rtt=8, "appliance"; mb=900'), 900_000);
for (const silent of [null, "", '"appliance"', '"appliance";mb', '"appliance";mb=', '"appliance";mb=x', '"appliance";mb=12.5', '"a";xmb=5']) {
  assert.equal(suggestedBitrate(silent), null, String(silent));
}

const rungs = [400_000, 1_200_000, 4_000_000];
assert.equal(highestLevel(rungs, null), 2);
assert.equal(highestLevel(rungs, 4_000_000), 2);
assert.equal(highestLevel(rungs, 3_999_000), 1);
assert.equal(highestLevel(rungs, 1_200_000), 1);
assert.equal(highestLevel(rungs, 100_000), 0);
assert.equal(highestLevel([4_000_000, 400_000], 1_000_000), 1);
assert.equal(highestLevel([4_000_000, 400_000], 1), 1);
console.log("The page heeds what the box suggests.");
