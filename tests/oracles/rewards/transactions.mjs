// In: { sender, token, distributor, steps: [{ name, raw, call, args }] }. viem reads each transaction and encodes the same call; then
// all of them are sent to a chain of its own (anvil). Out: a line for each step: whether viem agrees, and what came of it.
import { createPublicClient, createTestClient, createWalletClient, encodeDeployData, encodeFunctionData, http, keccak256, parseEther, parseEventLogs, parseTransaction, recoverTransactionAddress } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";
import { withAnvil } from "./anvil.mjs";
import { compile } from "./compile.mjs";
import { input } from "./input.mjs";

const { sender, token: expectedToken, distributor: expectedDistributor, steps } = await input();
const { distributor, token } = compile();
await withAnvil(async (url) => {
  const chain = { chain: foundry, transport: http(url) };
  const publicClient = createPublicClient({ ...chain, pollingInterval: 20 });
  const testClient = createTestClient({ ...chain, mode: "anvil" });
  const bank = createWalletClient({ ...chain, account: mnemonicToAccount("test test test test test test test test test test test junk") });
  const mined = async (hash) => publicClient.waitForTransactionReceipt({ hash });

  await testClient.setBalance({ address: sender, value: parseEther("1") });
  const coin = (await mined(await bank.deployContract({ ...token, args: [10n ** 24n] }))).contractAddress;
  console.log(`token where it was expected: ${coin.toLowerCase() === expectedToken.toLowerCase()}`);
  await mined(await bank.writeContract({ address: coin, abi: token.abi, functionName: "transfer", args: [expectedDistributor, 10n ** 23n] }));

  for (const { name, raw, call, args, hash } of steps) {
    const { data, gas, nonce, to, type } = parseTransaction(raw);
    const expected = call
      ? encodeFunctionData({ abi: distributor.abi, functionName: call, args })
      : encodeDeployData({ abi: distributor.abi, bytecode: distributor.bytecode, args });
    const agrees = data === expected && type === "eip1559" && (call ? to.toLowerCase() === expectedDistributor.toLowerCase() : !to)
      && keccak256(raw) === hash && (await recoverTransactionAddress({ serializedTransaction: raw })).toLowerCase() === sender.toLowerCase();
    const receipt = await mined(await publicClient.sendRawTransaction({ serializedTransaction: raw }));
    const events = parseEventLogs({ abi: distributor.abi, logs: receipt.logs }).map(({ eventName, args: said }) => (eventName === "Paid" ? `Paid ${said.amount}` : eventName));
    console.log(`${name} (nonce ${nonce ?? 0}): viem agrees ${agrees}, ${receipt.status}, ${receipt.gasUsed <= gas} ${events.join(" ")}`);
  }
});
