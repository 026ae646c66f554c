// A streaming app, whole: it orders a film's renditions, is told when they are made, countersigns what it got, and plays it in a browser.
// docs/apps.md goes through it step by step.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { privateKeyToAccount } from "viem/accounts";
import { createAppliance, orderTypedData, receiptTypedData, said } from "../src/index.js";
import { page } from "./page.js";

const { APPLIANCE_URL = "http://localhost:8080", APPLIANCE_KEY = "", APPLIANCE_WALLET = "", APP_PORT = "3000" } = process.env;
const home = `http://localhost:${APP_PORT}`;

// 1. Who we are.
const box = createAppliance({ url: APPLIANCE_URL, key: APPLIANCE_KEY });
const wallet = privateKeyToAccount(APPLIANCE_WALLET as `0x${string}`);

// 2. What there is.
const { sources } = await said(box.GET("/v1/sources"));
const source = sources.find((one) => one.state === "ready" && one.hasVideo);
if (!source) throw new Error("The box serves no film yet.");

// 3. To be told what happens.
const { id: hookId, secret } = await said(
  box.POST("/v1/webhooks", { body: { url: `${home}/hooks`, events: ["receipts.issued", "order.settled"] }, params: { header: { "Idempotency-Key": `hook of process ${process.pid}` } } }),
);
const hook = new Webhook(secret ?? "");

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  let message: { type: string; data: { order: string; after: number; charged: string } };
  try {
    message = hook.verify(Buffer.concat(parts), request.headers as Record<string, string>) as typeof message;
  } catch {
    response.writeHead(400).end();
    return;
  }
  response.writeHead(204).end();
  const { order, after, charged } = message.data;
  if (message.type === "receipts.issued") await countersign(order, after);
  if (message.type === "order.settled") console.log(`settled ${order} for ${charged}`);
}

// 5. Receipts say what was made; countersigned, they are what is paid for.
async function countersign(quote: string, after: number): Promise<void> {
  const { receipts } = await said(box.GET("/v1/orders/{quote}/receipts", { params: { path: { quote }, query: { after } } }));
  const signatures = await Promise.all(receipts.map(async ({ sequence, receipt }) => ({ sequence, signature: await wallet.signTypedData(receiptTypedData(receipt)) })));
  if (signatures.length > 0) await box.POST("/v1/orders/{quote}/countersignatures", { params: { path: { quote } }, body: { signatures } });
  console.log(`countersigned ${signatures.length} receipts of ${quote}`);
}

// 6. Whoever watches gets an address of his own, and needs no key.
async function watch(id: string): Promise<string> {
  const { hls } = await said(box.POST("/v1/sources/{id}/urls", { params: { path: { id } }, body: { expiresInSeconds: 6 * 3600 } }));
  return new URL(hls, APPLIANCE_URL).href;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST" && request.url === "/hooks") return take(request, response);
  if (request.url === "/") response.writeHead(200, { "content-type": "text/html" }).end(page(source!.title, await watch(source!.id)));
  else if (request.url === "/hls.js") response.writeHead(200, { "content-type": "text/javascript" }).end(await readFile(new URL(import.meta.resolve("hls.js"))));
  else response.writeHead(404).end();
}
createServer((request, response) => void answer(request, response).catch((error: unknown) => console.error(error))).listen(Number(APP_PORT));

// 4. What it costs, and the order.
const quote = await said(box.POST("/v1/quotes", { body: { source: source.id, requester: wallet.address } }));
console.log(`quoted ${quote.quote.expected}, at most ${quote.quote.bound}`);
const order = await said(box.POST("/v1/orders", { body: { quote: quote.id, signature: await wallet.signTypedData(orderTypedData(quote)) } }));
console.log(`ordered ${order.quote}`);
console.log(`watch at ${home}/`);

process.once("SIGTERM", () => void box.DELETE("/v1/webhooks/{id}", { params: { path: { id: hookId } } }).finally(() => process.exit()));
