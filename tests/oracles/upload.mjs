// Uploads a file with tus-js-client, which others wrote, through a proxy that breaks connections again and again, to a box that is killed and started again meanwhile.
//
//   node upload.mjs --box FILE [--every BYTES] FILE
//
// --box names a file of two lines, the port of the box and its owner's token, which is read anew for each connection. Prints the upload's path on the box. Exit: 0 it is whole,
// 1 not, 2 called wrongly.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, connect } from "node:net";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Upload } from "tus-js-client";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { box: { type: "string" }, every: { type: "string", default: "3000000" } } });
if (!options.box || positionals.length !== 1) {
  console.error("usage: node upload.mjs --box FILE [--every BYTES] FILE");
  process.exit(2);
}
const every = Number(options.every);
const box = () => {
  const [port, token] = readFileSync(options.box, "utf8").split("\n");
  return { port: Number(port), token };
};

// Each connection ends, without a word, after a while of bytes; where it does is another place each time.
let broken = 0;
const proxy = createServer((client) => {
  const server = connect(box().port, "127.0.0.1");
  let left = Math.floor(every * (0.3 + 0.7 * ((broken * 0.618) % 1)));
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on("data", (bytes) => {
    if (left <= 0) return;
    server.write(bytes.subarray(0, left)) || (client.pause(), server.once("drain", () => client.resume()));
    left -= bytes.length;
    if (left <= 0) {
      broken++;
      setTimeout(end, 20);
    }
  });
  server.on("data", (bytes) => client.write(bytes));
  for (const side of [client, server]) {
    side.on("error", end);
    side.on("close", end);
  }
});
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));

const [file] = positionals;
const upload = new Upload(createReadStream(file), {
  endpoint: `http://127.0.0.1:${proxy.address().port}/v1/uploads`,
  uploadSize: statSync(file).size,
  chunkSize: 8_000_000,
  retryDelays: Array.from({ length: 60 }, () => 250),
  metadata: { filename: basename(file), filetype: "video/x-matroska" },
  onBeforeRequest: (request) => request.setHeader("Authorization", `Bearer ${box().token}`),
  onShouldRetry: () => true,
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: () => {
    console.log(JSON.stringify({ path: new URL(upload.url).pathname, broken }));
    process.exit(0);
  },
});
upload.start();
