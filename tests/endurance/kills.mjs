// What runs that end processes at random instants have in common.
import { parseArgs } from "node:util";

/** Reads `--program APPLIANCE [--kills N] [--seed N]` and files; ends with a line of usage where they make no sense.
 * @param name the script's, for that line.
 * @param files as the usage line has them: with an ellipsis at the end one or more, without one just one, and none where it is empty.
 * @returns the program, how many kills, the seed, numbers in [0, 1) that it repeats, and the files. */
export function killArguments(name, files) {
  const { values: { program, kills, seed }, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      program: { type: "string" },
      kills: { type: "string", default: "100" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const fits = files.endsWith("…") ? positionals.length > 0 : positionals.length === (files === "" ? 0 : 1);
  if (!program || !fits || !(Number(kills) >= 1)) {
    console.error(`usage: node ${name} --program APPLIANCE [--kills N] [--seed N] ${files}`);
    process.exit(2);
  }
  return { program, kills: Number(kills), seed: Number(seed), random: mulberry32(Number(seed)), files: positionals };
}

/** Seconds since a `Date.now()`, to a tenth. */
export function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

/** A small generator of uniform numbers in [0, 1), so that a run can be repeated by its seed. */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
