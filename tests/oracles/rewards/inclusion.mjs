// In: { index, size, root, hashes, entry } with base64, each. Out: "accepted" for each that @sigstore/verify accepts, else why not.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { input } from "./input.mjs";

const require = createRequire(import.meta.url);
const { verifyMerkleInclusion } = require(join(dirname(require.resolve("@sigstore/verify")), "tlog", "merkle.js"));
for (const { index, size, root, hashes, entry } of await input()) {
  const bytes = (text) => Buffer.from(text, "base64");
  try {
    verifyMerkleInclusion(
      { canonicalizedBody: bytes(entry), inclusionProof: { logIndex: String(index), hashes: hashes.map(bytes) } },
      { logSize: BigInt(size), logHash: bytes(root) },
    );
    console.log("accepted");
  } catch (error) {
    console.log(error.code);
  }
}
