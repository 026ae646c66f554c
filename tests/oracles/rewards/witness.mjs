// A witness of one log (C2SP tlog-witness) in JavaScript, with RFC 6962 proofs and node's own Ed25519: nothing of it is the product's.
//
//   node witness.mjs LOG-VKEY
//
// Prints its verifier key and its address, a line each, and serves until its standard input ends. It remembers nothing of earlier runs.
import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { cosign, keyId, readVerifierKey, signatures, verifies, WITNESS } from "./notes.mjs";

const NAME = "witness.example/javascript";
const BODY_LIMIT = 1 << 18;
const log = readVerifierKey(process.argv[2]);
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url");
let seen = { size: 0n, root: sha256(Buffer.alloc(0)) };

const server = createServer((request, response) => {
  const chunks = [];
  let length = 0;
  request.on("data", (chunk) => {
    length += chunk.length;
    if (length > BODY_LIMIT) request.destroy();
    chunks.push(chunk);
  });
  request.on("end", () => {
    const [status, type, body] = request.method === "POST" && request.url === "/prefix/add-checkpoint" ? add(Buffer.concat(chunks).toString("utf8")) : [404, "text/plain", ""];
    response.writeHead(status, { "content-type": type }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`${NAME}+${keyId(NAME, WITNESS, raw).toString("hex")}+${Buffer.concat([Buffer.from([WITNESS]), raw]).toString("base64")}`);
  console.log(`http://127.0.0.1:${server.address().port}/prefix`);
});
process.stdin.on("end", () => process.exit(0)).resume();

function add(body) {
  const [head, text, lines] = [body.slice(0, body.indexOf("\n\n")), body.slice(body.indexOf("\n\n") + 2, body.lastIndexOf("\n\n") + 1), body.slice(body.lastIndexOf("\n\n") + 2)];
  const [first, ...hashes] = head.split("\n");
  const [origin, digits, base64] = text.split("\n");
  const old = /^old (0|[1-9]\d*)$/.exec(first)?.[1];
  if (old === undefined || hashes.length > 63 || !/^(0|[1-9]\d*)$/.test(digits)) return [400, "text/plain", "no request"];
  const next = { size: BigInt(digits), root: Buffer.from(base64, "base64") };
  if (origin !== log.name) return [404, "text/plain", "unknown"];
  const own = signatures(lines).filter(({ name, id }) => name === log.name && id.equals(log.id));
  if (!own.some(({ bytes }) => verifies(log, text, bytes))) return [403, "text/plain", "not signed"];
  if (BigInt(old) > next.size) return [400, "text/plain", "smaller"];
  if (BigInt(old) !== seen.size) return [409, "text/x.tlog.size", `${seen.size}\n`];
  if (seen.size === next.size && !seen.root.equals(next.root)) return [409, "text/x.tlog.size", `${seen.size}\n`];
  if (!continues(seen, next, hashes.map((hash) => Buffer.from(hash, "base64")))) return [422, "text/plain", "inconsistent"];
  seen = next;
  return [200, "text/plain", cosign(NAME, raw, privateKey, text, BigInt(Math.floor(Date.now() / 1000)))];
}

/** RFC 6962, 2.1.2, by taking the proof apart along its own definition: SUBPROOF(m, D[n], b). */
function continues(old, next, proof) {
  if (old.size === 0n || old.size === next.size) return proof.length === 0 && (old.size === 0n || old.root.equals(next.root));
  const left = [...proof];
  const [before, after] = roots(old.size, next.size, true, left, old.root);
  return left.length === 0 && before !== undefined && after !== undefined && before.equals(old.root) && after.equals(next.root);
}

/** The old root and the new one of the part of the tree that a subproof is about. Hashes are taken from the proof's end, where it has the top. */
function roots(m, n, whole, proof, oldRoot) {
  if (m === n) {
    const hash = whole ? oldRoot : proof.pop();
    return [hash, hash];
  }
  let k = 1n;
  while (k * 2n < n) k *= 2n;
  const sibling = proof.pop();
  if (sibling === undefined) return [undefined, undefined];
  if (m <= k) {
    const [before, after] = roots(m, k, whole, proof, oldRoot);
    return [before, after && node(after, sibling)];
  }
  const [before, after] = roots(m - k, n - k, false, proof, oldRoot);
  return [before && node(sibling, before), after && node(sibling, after)];
}

function node(left, right) {
  return sha256(Buffer.concat([Buffer.from([1]), left, right]));
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest();
}
