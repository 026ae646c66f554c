// In: { note, keys } with a signed note and verifier keys. Out: for each key a line "NAME signed" or "NAME did not", by C2SP signed-note and
// tlog-cosignature as they are published and node's own Ed25519.
import { input } from "./input.mjs";
import { readVerifierKey, signatures, verifies } from "./notes.mjs";

const { note, keys } = await input();
const cut = note.lastIndexOf("\n\n") + 1;
const text = note.slice(0, cut);
for (const line of keys) {
  const key = readVerifierKey(line);
  const own = signatures(note.slice(cut + 1)).filter(({ name, id }) => name === key.name && id.equals(key.id));
  console.log(`${key.name} ${own.length > 0 && own.every(({ bytes }) => verifies(key, text, bytes)) ? "signed" : "did not"}`);
}
