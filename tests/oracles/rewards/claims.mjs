// In: { count, dump }. Builds the tree of that many made-up claims by @openzeppelin/merkle-tree. Out: its root and the milliseconds
// it took; then, where asked, its dump. With proofs: [{ root, value, proof }], for each whether the library accepts it.
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { keccak256, toHex } from "viem";
import { input } from "./input.mjs";

const encoding = ["address", "uint256"];
const { count, dump, proofs } = await input();
if (proofs) {
  for (const { root, value, proof } of proofs) console.log(StandardMerkleTree.verify(root, encoding, value, proof));
} else {
  // Account i is the end of keccak256 of i in four bytes, and may claim 10^18·i + 1.
  const values = Array.from({ length: count }, (_, i) => [
    `0x${keccak256(toHex(i, { size: 4 })).slice(26)}`,
    (10n ** 18n * BigInt(i) + 1n).toString(),
  ]).sort(([a], [b]) => (a < b ? -1 : 1));
  const started = performance.now();
  const tree = StandardMerkleTree.of(values, encoding);
  console.log(tree.root, Math.round(performance.now() - started));
  if (dump) console.log(JSON.stringify(tree.dump()));
}
