// In: verdicts in their canonical JSON. Out: for each a line: its digest, and who signed it. viem and ethers must agree, and the text must be what
// JSON.stringify makes of sorted keys, which is RFC 8785 for texts and small numbers.
import { TypedDataEncoder, verifyTypedData as signerByEthers } from "ethers";
import { hashTypedData, recoverTypedDataAddress } from "viem";
import { input } from "./input.mjs";
import { sorted } from "./sorted.mjs";

const types = {
  WorkVerdict: [
    ["address", "verifier"], ["uint64", "seq"], ["address", "device"], ["bytes32", "receipt"], ["bytes32", "checkpoint"], ["bytes32", "lot"],
    ["uint64", "frames"], ["uint8", "outcome"], ["string", "check"], ["string", "reason"], ["string", "engine"], ["uint64", "judgedAt"], ["bytes32", "previous"],
  ].map(([type, name]) => ({ type, name })),
};

for (const text of await input()) {
  const { domain, message, signature } = JSON.parse(text);
  if (JSON.stringify(sorted(JSON.parse(text))) !== text) throw new Error("the text is not canonical");
  const typed = { domain, types, primaryType: "WorkVerdict", message };
  const digest = hashTypedData(typed);
  if (TypedDataEncoder.hash(domain, types, message) !== digest) throw new Error("viem and ethers differ over the digest");
  const signer = await recoverTypedDataAddress({ ...typed, signature });
  if (signerByEthers(domain, types, message, signature) !== signer) throw new Error("viem and ethers differ over the signer");
  console.log(digest, signer);
}
