// The whole way of the money: a real box with its real workers, its own command line, a requester who is not us, and a real chain (anvil).
//   settlement.mjs --program APPLIANCE FILM      prints a line for each step: what it was, and what came of it
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { createPublicClient, createWalletClient, http } from "viem";
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { Box } from "../../driver/box.mjs";
import { withAnvil } from "./anvil.mjs";
import { compile } from "./compile.mjs";

const SUPPLY = 10n ** 24n;
const DEPOSIT = 10n ** 15n;
const REQUESTER = `0x${"5a".repeat(32)}`;

const { values: { program }, positionals: [film] } = parseArgs({ options: { program: { type: "string" } }, allowPositionals: true });
const scratch = mkdtempSync(join(tmpdir(), "settlement-"));
try {
  await withAnvil(play);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function play(rpc) {
  const { token } = compile();
  const chain = { chain: foundry, transport: http(rpc) };
  const publicClient = createPublicClient({ ...chain, pollingInterval: 20 });
  const account = mnemonicToAccount("test test test test test test test test test test test junk");
  const owner = createWalletClient({ ...chain, account });
  const mined = (hash) => publicClient.waitForTransactionReceipt({ hash });
  const coin = (await mined(await owner.deployContract({ ...token, args: [SUPPLY] }))).contractAddress;
  const payer = join(scratch, "payer.key");
  writeFileSync(payer, Buffer.from(account.getHdKey().privateKey).toString("hex"), { mode: 0o600 });

  const rewards = async (...words) => {
    try {
      const { stdout } = await promisify(execFile)(program, ["rewards", ...words]);
      return stdout.trim();
    } catch (error) {
      return `status ${error.code}: ${error.stderr.trim()}`;
    }
  };
  const signing = ["--rpc", rpc, "--payer", payer];
  const contract = /The contract is (0x\w{40})/.exec(await rewards("deploy", ...signing, "--paid-token", coin, "--cap", String(SUPPLY), "--epoch-seconds", "1"))[1];
  await mined(await owner.writeContract({ address: coin, abi: token.abi, functionName: "transfer", args: [contract, SUPPLY] }));

  const data = join(scratch, "data");
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, "rewards.json"), JSON.stringify({ chainId: foundry.id, contract }));
  const box = await Box.start(program, [film, "--data", data]);
  try {
    const [{ id }] = await box.sourcesReady();
    const asked = ["--url", box.base, "--token", box.token];
    const requester = privateKeyToAccount(REQUESTER).address;
    const deposit = await box.get("/v1/rewards/deposits", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "1" },
      body: JSON.stringify({ requester, amount: String(DEPOSIT), reference: "0x00" }),
    });
    if (deposit.status !== 200) throw new Error(deposit.text());
    console.log(`epoch closed before anything was earned: ${await rewards("epoch", "close", ...asked)}`);
    const { stdout } = await promisify(execFile)("node", [fileURLToPath(new URL("requester.mjs", import.meta.url)), box.base, box.token, id, REQUESTER, "240p"]);
    const { state, charged } = JSON.parse(stdout);
    console.log(`the order: ${state}`);
    const { funds } = await box.json(`/v1/rewards/requesters/${requester}`);
    console.log(`paid in is what is left and what was charged: ${BigInt(funds) + BigInt(charged) === DEPOSIT}`);

    console.log(`epoch closed: ${(await rewards("epoch", "close", ...asked)).split(":")[0]}`);
    console.log(`claimed before it is published: ${/publish it first/.test(await rewards("claim", ...asked, ...signing)) ? "publish it first" : "something else"}`);
    console.log(`epoch published: ${(await rewards("epoch", "publish", ...asked, ...signing)).split(" by ")[0]}`);
    const { payee } = await box.json("/v1/rewards/status");
    const held = () => publicClient.readContract({ address: coin, abi: token.abi, functionName: "balanceOf", args: [payee] });
    await rewards("claim", ...asked, ...signing);
    console.log(`the box holds what was charged: ${(await held()) === BigInt(charged)}`);
    console.log(`claimed again: ${await rewards("claim", ...asked, ...signing)}`);
    console.log(`published again: ${await rewards("epoch", "publish", ...asked, ...signing)}`);
    console.log(`the box holds what was charged: ${(await held()) === BigInt(charged)}`);
    console.log(`audited: ${(await rewards("audit", box.base, "--token", box.token)).split(":")[0]}`);
    console.log(`asked with another key: ${await rewards("status", "--url", box.base, "--token", "another")}`);
  } finally {
    await box.stop();
  }
}
