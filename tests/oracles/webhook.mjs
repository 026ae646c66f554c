// Receives webhooks over HTTP, and says of each whether the package of the Standard Webhooks specification, which others wrote, takes its signature.
//
//   node webhook.mjs
//
// Prints the port first, then a line of JSON for each request. Lines on its standard input say what it shall do from then on:
//   secret whsec_…       whose messages these are
//   answer STATUS [N]    answers so, with Retry-After: N
//   answer drop          reads the message, and breaks the connection
//   answer hang          reads the message, and answers nothing
//   answer endless       answers 200 with a body that has no end
//   answer redirect      sends elsewhere on itself, with 307
//   answer nonsense      answers what is no HTTP
// It ends with its standard input.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

let answer = ["200"];
let secret;

const judge = (request, body) => {
  const hook = new Webhook(secret);
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = request.headers;
  let verified;
  try {
    hook.verify(body, request.headers);
    verified = true;
  } catch (error) {
    verified = error.message;
  }
  let altered = false;
  try {
    hook.verify(body.replace("{", "{ "), request.headers);
    altered = true;
  } catch {
    // As it must be.
  }
  return { verified, altered, signed: hook.sign(id, new Date(1000 * Number(timestamp)), body) === signature };
};

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts).toString("utf8");
    const seen = { method: request.method, path: request.url, headers: request.rawHeaders, id: request.headers["webhook-id"], body: JSON.parse(body), raw: body, ...judge(request, body) };
    console.log(JSON.stringify(seen));
    const [what, rest] = answer;
    if (what === "drop") {
      request.socket.destroy();
    } else if (what === "nonsense") {
      request.socket.end("This is no HTTP.\r\n\r\n");
    } else if (what === "redirect") {
      response.writeHead(307, { location: "/elsewhere" }).end();
    } else if (what === "endless") {
      response.writeHead(200);
      const pour = () => response.write("x".repeat(65536), (error) => error || setImmediate(pour));
      pour();
    } else if (what !== "hang") {
      response.writeHead(Number(what), rest ? { "retry-after": rest } : {}).end("thanks");
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));

for await (const line of createInterface({ input: process.stdin })) {
  const [word, ...rest] = line.split(" ");
  if (word === "secret") {
    [secret] = rest;
  } else if (word === "answer") {
    answer = rest;
  } else {
    throw new Error(`unknown: ${line}`);
  }
  console.log(`done ${word}`);
}
process.exit(0);
