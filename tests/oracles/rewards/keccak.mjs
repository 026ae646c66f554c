// In: hexadecimal messages. Out: the Keccak-256 of each, a line each; viem and ethers must agree.
import { keccak256 as byEthers } from "ethers";
import { keccak256 as byViem } from "viem";
import { input } from "./input.mjs";

for (const message of await input()) {
  if (byEthers(message) !== byViem(message)) throw new Error(`viem and ethers differ over ${message}`);
  console.log(byViem(message));
}
