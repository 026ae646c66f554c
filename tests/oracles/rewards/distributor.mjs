// In: { epochs: [{ record, claims: [{ account, cumulative, proof }] }], cap }: the trees of two epochs, of the same three accounts.
// Plays the distributor's life on a chain of its own (anvil). Out: a line for each step: what it was, and what came of it.
import { readFileSync } from "node:fs";
import { createPublicClient, createTestClient, createWalletClient, decodeErrorResult, http, parseEventLogs } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { withAnvil } from "./anvil.mjs";
import { artifact, artifactFile, compile } from "./compile.mjs";
import { input } from "./input.mjs";

const { epochs, cap } = await input();
await withAnvil(play);

async function play(url) {
  const { distributor, token } = compile();
  console.log(`the checked-in contract is what the source gives: ${readFileSync(artifactFile, "utf8") === artifact(distributor)}`);

  const chain = { chain: foundry, transport: http(url) };
  const publicClient = createPublicClient({ ...chain, pollingInterval: 20 });
  const testClient = createTestClient({ ...chain, mode: "anvil" });
  const wallet = (addressIndex) =>
    createWalletClient({ ...chain, account: mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex }) });
  const owner = wallet(0);
  const stranger = wallet(1);

  const mined = async (hash) => publicClient.waitForTransactionReceipt({ hash });
  const deploy = async (contract, args) => (await mined(await owner.deployContract({ ...contract, args }))).contractAddress;
  const supply = 10n ** 24n;
  const coin = await deploy(token, [supply]);
  const payer = await deploy(distributor, [coin, owner.account.address, BigInt(cap), 3600n]);
  await mined(await owner.writeContract({ address: coin, abi: token.abi, functionName: "transfer", args: [payer, supply] }));

  const gas = [];
  const step = async (name, client, functionName, args = []) => {
    let outcome;
    try {
      const call = { account: client.account, address: payer, abi: distributor.abi, functionName, args };
      await publicClient.simulateContract(call);
      const receipt = await mined(await client.writeContract(call));
      const [event] = parseEventLogs({ abi: distributor.abi, logs: receipt.logs });
      outcome = event?.eventName === "Paid" ? `paid ${event.args.amount}` : (event?.eventName ?? "done");
      if (["closeEpoch", "claim"].includes(functionName)) gas.push(`${functionName} ${receipt.gasUsed}`);
    } catch (error) {
      const data = error.walk?.((cause) => cause.raw)?.raw;
      if (!data) throw error;
      outcome = decodeErrorResult({ abi: distributor.abi, data }).errorName;
    }
    console.log(`${name}: ${outcome}`);
  };
  const close = ({ record: { epoch, root, logRoot, logSize } }) => [epoch, root, logRoot, logSize];
  const claim = ({ record: { root }, claims }, who, change = {}) => {
    const { account, cumulative, proof } = { ...claims[who], ...change };
    return [account, BigInt(cumulative), change.root ?? root, proof];
  };
  const [first, second] = epochs;

  await step("claim before any epoch", stranger, "claim", claim(first, 0));
  await step("claim of the root 0 before any epoch", stranger, "claim", claim(first, 0, { root: `0x${"0".repeat(64)}` }));
  await step("epoch closed by a stranger", stranger, "closeEpoch", close(first));
  await step("second epoch first", owner, "closeEpoch", close(second));
  await step("first epoch", owner, "closeEpoch", close(first));
  await step("claim", stranger, "claim", claim(first, 0));
  await step("the same claim again", stranger, "claim", claim(first, 0));
  await step("wrong amount", stranger, "claim", claim(first, 1, { cumulative: (BigInt(first.claims[1].cumulative) + 1n).toString() }));
  await step("another's proof", stranger, "claim", claim(first, 1, { proof: first.claims[0].proof }));
  await step("another's account", stranger, "claim", claim(first, 1, { account: stranger.account.address }));
  await step("no proof", stranger, "claim", claim(first, 1, { proof: [] }));
  await step("a node as a leaf", stranger, "claim", claim(first, 1, { proof: first.claims[1].proof.slice(1) }));
  await step("paused by a stranger", stranger, "pause");
  await step("paused", owner, "pause");
  await step("claim while paused", stranger, "claim", claim(first, 1));
  await step("unpaused", owner, "unpause");
  await step("claim after it", stranger, "claim", claim(first, 1));
  await step("claim beyond the cap", stranger, "claim", claim(first, 2));
  await step("claim after the cap", stranger, "claim", claim(first, 2));
  await step("second epoch too early", owner, "closeEpoch", close(second));
  await testClient.increaseTime({ seconds: 3600 });
  await testClient.mine({ blocks: 1 });
  await step("log smaller than before", owner, "closeEpoch", close({ record: { ...second.record, logSize: first.record.logSize - 1 } }));
  await step("no root", owner, "closeEpoch", close({ record: { ...second.record, root: `0x${"0".repeat(64)}` } }));
  await step("second epoch", owner, "closeEpoch", close(second));
  await step("first epoch once more", owner, "closeEpoch", close(first));
  await step("claim of the old root", stranger, "claim", claim(first, 2));
  await step("old claim under the new root", stranger, "claim", claim(first, 2, { root: second.record.root }));
  await step("what the cap had left", stranger, "claim", claim(second, 2));
  await step("what came since", stranger, "claim", claim(second, 0));
  await step("nothing came since", stranger, "claim", claim(second, 1));

  for (const { account, cumulative } of second.claims) {
    const held = await publicClient.readContract({ address: coin, abi: token.abi, functionName: "balanceOf", args: [account] });
    console.log(`held of what was claimed: ${held === BigInt(cumulative)}`);
  }
  console.error(`gas: ${gas.join(", ")}`);
}
