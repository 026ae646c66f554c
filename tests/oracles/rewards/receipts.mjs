// In: receipts in their canonical JSON. Out: for each a line: its digest, the signers of both signatures. viem and ethers must
// agree, and the text must be what JSON.stringify makes of sorted keys, which is RFC 8785 for texts and small numbers.
import { TypedDataEncoder, verifyTypedData as signerByEthers } from "ethers";
import { hashTypedData, recoverTypedDataAddress } from "viem";
import { input } from "./input.mjs";
import { types } from "./receipt.mjs";
import { sorted } from "./sorted.mjs";

for (const text of await input()) {
  const { domain, message, deviceSignature, requesterSignature } = JSON.parse(text);
  if (JSON.stringify(sorted(JSON.parse(text))) !== text) throw new Error("the text is not canonical");
  const typed = { domain, types, primaryType: "WorkReceipt", message };
  const digest = hashTypedData(typed);
  if (TypedDataEncoder.hash(domain, types, message) !== digest) throw new Error("viem and ethers differ over the digest");
  const signers = [];
  for (const signature of [deviceSignature, requesterSignature]) {
    const signer = await recoverTypedDataAddress({ ...typed, signature });
    if (signerByEthers(domain, types, message, signature) !== signer) throw new Error("viem and ethers differ over a signer");
    signers.push(signer);
  }
  console.log(digest, ...signers);
}
