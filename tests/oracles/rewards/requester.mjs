// A requester who is not us: asks a box for a quote, signs it with viem, follows the work, checks every receipt against its own reading of the typed
// data, countersigns, and waits until the order is settled.
//   requester.mjs BOX TOKEN SOURCE KEY RUNG…      TOKEN is an API key of the box with the scope orders; prints the order as the box shows it in the end, and how many receipts were countersigned
import { hashTypedData, recoverTypedDataAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { types } from "./receipt.mjs";

const [box, token, source, key, ...renditions] = process.argv.slice(2);
const me = privateKeyToAccount(key);

const ask = async (path, body) => {
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
  const answer = await fetch(new URL(path, box), { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
};

const { id, typedData, quote } = await ask("/v1/quotes", { source, renditions, requester: me.address });
if (quote.requester !== me.address) throw new Error("the quote is for somebody else");
let order = await ask("/v1/orders", { quote: id, signature: await me.signTypedData(typedData) });
const signed = new Set();
while (order.charged === null) {
  const { receipts } = await ask(`/v1/orders/${id}/receipts?after=${Math.max(0, ...signed)}`);
  const signatures = [];
  for (const { sequence, digest, receipt } of receipts) {
    const { domain, message, deviceSignature } = receipt;
    const typed = { domain, types, primaryType: "WorkReceipt", message };
    if (hashTypedData(typed) !== digest) throw new Error(`receipt ${sequence} has another digest`);
    if (message.requester !== me.address || message.jobId !== id) throw new Error(`receipt ${sequence} is not for this order`);
    if ((await recoverTypedDataAddress({ ...typed, signature: deviceSignature })) !== message.device) throw new Error(`receipt ${sequence} is not signed by its device`);
    signatures.push({ sequence, signature: await me.signTypedData(typed) });
    signed.add(sequence);
  }
  if (signatures.length > 0) await ask(`/v1/orders/${id}/countersignatures`, { signatures });
  await new Promise((resolve) => setTimeout(resolve, 100));
  order = await ask(`/v1/orders/${id}`);
}
if (BigInt(order.charged) > BigInt(quote.bound)) throw new Error(`${order.charged} were charged, and the quote's bound was ${quote.bound}`);
console.log(JSON.stringify({ state: order.state, charged: order.charged, bound: quote.bound, countersigned: signed.size }));
