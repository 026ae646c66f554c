// In: { secret, text }: a requester's key, and a receipt in its JSON. Out: the requester's signature as viem makes it, and as ethers does.
import { Wallet } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import { input } from "./input.mjs";
import { types } from "./receipt.mjs";

const { secret, text } = await input();
const { domain, message } = JSON.parse(text);
console.log(await privateKeyToAccount(secret).signTypedData({ domain, types, primaryType: "WorkReceipt", message }));
console.log(await new Wallet(secret).signTypedData(domain, types, message));
