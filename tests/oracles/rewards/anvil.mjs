// A chain of its own for one script: with(address of it), then gone.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

export async function withAnvil(play) {
  const binary = join(dirname(require.resolve("@foundry-rs/anvil-linux-amd64/package.json")), "bin", "anvil");
  const anvil = spawn(binary, ["--port", "0", "--hardfork", "cancun"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await play(await address(anvil));
  } finally {
    anvil.kill();
    await once(anvil, "exit");
  }
}

async function address({ stdout }) {
  let said = "";
  for await (const chunk of stdout) {
    said += chunk;
    const at = /Listening on (\S+)/.exec(said)?.[1];
    if (at) return `http://${at}`;
  }
  throw new Error(`anvil did not start: ${said}`);
}
