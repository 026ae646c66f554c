// In: { secret, digest, signature }. Out: the secret's address, the signature's signer, and the signature ethers makes.
import { SigningKey, computeAddress } from "ethers";
import { recoverAddress } from "viem";
import { input } from "./input.mjs";

for (const { secret, digest, signature } of await input()) {
  const key = new SigningKey(secret);
  console.log(computeAddress(key.publicKey), await recoverAddress({ hash: digest, signature }), key.sign(digest).serialized);
}
