// In: a box's identity. Out: a line for each hand-over: its digest and, of addresses, who signed as the old key and as the new one;
// viem and ethers must agree.
import { TypedDataEncoder } from "ethers";
import { hashTypedData, recoverAddress } from "viem";
import { input } from "./input.mjs";

const domain = { name: "Appliance Keys", version: "1" };
const types = {
  KeyHandover: [["string", "kind"], ["bytes", "oldKey"], ["bytes", "newKey"], ["uint64", "number"], ["uint64", "at"], ["bytes32", "previous"]].map(
    ([type, name]) => ({ type, name }),
  ),
};

for (const { kind, oldKey, newKey, number, at, previous, oldSignature, newSignature } of (await input()).handovers) {
  const message = { kind, oldKey, newKey, number, at, previous };
  const hash = hashTypedData({ domain, types, primaryType: "KeyHandover", message });
  if (TypedDataEncoder.hash(domain, types, message) !== hash) throw new Error("viem and ethers differ over a digest");
  const signer = async (signature) => (await recoverAddress({ hash, signature })).toLowerCase();
  console.log(...(kind === "device" ? [hash, await signer(oldSignature), await signer(newSignature)] : [hash]));
}
