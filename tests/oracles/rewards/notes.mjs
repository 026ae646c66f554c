// Notes (C2SP signed-note) with keys of logs (type 1) and witnesses (type 4, tlog-cosignature), over node's crypto.
import { createHash, createPublicKey, sign, verify } from "node:crypto";

// The head of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410).
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

const LOG = 1;
export const WITNESS = 4;

export function keyId(name, type, publicKey) {
  return createHash("sha256").update(Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([type]), publicKey])).digest().subarray(0, 4);
}

/** A line NAME+HEX+BASE64; throws where its id is not that of its key. */
export function readVerifierKey(line) {
  const [name, hex, base64] = [line.split("+", 1)[0], line.split("+", 2)[1], line.split("+").slice(2).join("+")];
  const bytes = Buffer.from(base64, "base64");
  const [type, publicKey] = [bytes[0], bytes.subarray(1)];
  const id = keyId(name, type, publicKey);
  if (id.toString("hex") !== hex || publicKey.length !== 32) throw new Error(`${line} is no verifier key`);
  return { name, type, id, publicKey: createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" }) };
}

/** The signature lines that stand behind a note's text. */
export function signatures(lines) {
  return lines.split("\n").filter(Boolean).map((line) => {
    const [dash, name, base64] = line.split(" ");
    if (dash !== "—") throw new Error(`${line} is no signature`);
    const bytes = Buffer.from(base64, "base64");
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
  });
}

export function verifies(key, text, bytes) {
  if (key.type === LOG) return verify(null, Buffer.from(text), key.publicKey, bytes);
  return key.type === WITNESS && bytes.length === 72 && verify(null, cosigned(bytes.readBigUInt64BE(0), text), key.publicKey, bytes.subarray(8));
}

/** The signature line of a witness. */
export function cosign(name, publicKey, privateKey, text, seconds) {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  const bytes = Buffer.concat([keyId(name, WITNESS, publicKey), time, sign(null, cosigned(seconds, text), privateKey)]);
  return `— ${name} ${bytes.toString("base64")}\n`;
}

function cosigned(seconds, text) {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}
