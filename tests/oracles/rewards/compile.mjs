// Compiles contracts by solc, the same bytes everywhere. Called with --write it renews the checked-in result of the distributor.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const solc = require("solc");
const here = dirname(fileURLToPath(import.meta.url));
const contracts = join(here, "..", "..", "..", "src", "Rewards", "contracts");
export const artifactFile = join(contracts, "WorkDistributor.json");

export function compile() {
  const sources = {
    "WorkDistributor.sol": { content: readFileSync(join(contracts, "WorkDistributor.sol"), "utf8") },
    "TestToken.sol": { content: readFileSync(join(here, "TestToken.sol"), "utf8") },
  };
  const settings = {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 1000 },
    metadata: { bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const find = (path) => ({ contents: readFileSync(join(here, "..", "node_modules", path), "utf8") });
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings }), { import: find }));
  const faults = (output.errors ?? []).map((error) => error.formattedMessage);
  if (faults.length) throw new Error(faults.join("\n"));
  const result = (name) => {
    const { abi, evm } = output.contracts[`${name}.sol`][name];
    return { abi, bytecode: `0x${evm.bytecode.object}` };
  };
  return { distributor: result("WorkDistributor"), token: result("TestToken") };
}

export const artifact = ({ abi, bytecode }) =>
  `${JSON.stringify({ contract: "WorkDistributor", compiler: solc.version(), evmVersion: "cancun", optimizerRuns: 1000, abi, bytecode }, null, 2)}\n`;

if (process.argv.includes("--write")) writeFileSync(artifactFile, artifact(compile().distributor));
