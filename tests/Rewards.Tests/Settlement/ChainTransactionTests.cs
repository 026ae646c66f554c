using System.Globalization;
using System.Text.Json;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Settlement;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Settlement;

/// <summary>Transactions made here are read by viem and taken by a real chain.</summary>
public sealed class ChainTransactionTests
{
    private const ulong ChainId = 31337;

    /// <summary>Where the first account of such a chain puts its first contract.</summary>
    private static readonly EthereumAddress Token = EthereumAddress.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");

    private static readonly DeviceKey Device = DeviceKey.FromSecret(Keccak256.Of("device"u8).ToArray());

    private static readonly string[] Expected =
    [
        "token where it was expected: true",
        "deploy (nonce 0): viem agrees true, success, true OwnershipTransferred",
        "close (nonce 1): viem agrees true, success, true EpochClosed",
        "claim (nonce 2): viem agrees true, success, true Paid 340282366920938463463",
        "again (nonce 3): viem agrees true, reverted, true ",
        "pause (nonce 4): viem agrees true, success, true Paused",
        "unpause (nonce 5): viem agrees true, success, true Unpaused",
    ];

    [Fact]
    public async Task Sign_DeploymentEpochAndClaim_AreTakenByARealChain()
    {
        NodeOracle.Require("@foundry-rs/anvil-linux-amd64");
        EthereumAddress distributor = ChainTransaction.ContractAddress(Device.Address, 0);
        ClaimTree tree = ClaimTree.Of([.. Enumerable.Range(1, 300).Select(i =>
            new Claim(Account(i), (UInt128.MaxValue / 1_000_000_000_000_000_000) + (UInt128)(i - 1)))]);
        EthereumAddress account = Account(1);
        (Claim claim, IReadOnlyList<Hash256> proof) = tree.Prove(account)!.Value;
        var record = new EpochRecord(1, tree.Root, MerkleHash.Empty, 77);
        UInt128 cap = UInt128.MaxValue;
        object[] claimArguments =
            [account.ToString(), claim.Cumulative.ToString(CultureInfo.InvariantCulture), tree.Root.ToString(), proof.Select(hash => hash.ToString())];
        byte[] claimCall = DistributorContract.Claim(claim, tree.Root, proof);

        string answer = await NodeOracle.AskAsync("transactions.mjs", JsonSerializer.Serialize(new
        {
            sender = Device.Address.ToString(),
            token = ChainTransaction.ContractAddress(EthereumAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), 0).ToString(),
            distributor = distributor.ToString(),
            steps = new[]
            {
                Step(
                    "deploy", 0, null, null, DistributorContract.Deployment(Token, Device.Address, cap, 3600),
                    Token.ToString(), Device.Address.ToString(), cap.ToString(CultureInfo.InvariantCulture), 3600),
                Step("close", 1, distributor, "closeEpoch", DistributorContract.CloseEpoch(record), 1, record.Root.ToString(), record.LogRoot.ToString(), 77),
                Step("claim", 2, distributor, "claim", claimCall, claimArguments),
                Step("again", 3, distributor, "claim", claimCall, claimArguments),
                Step("pause", 4, distributor, "pause", DistributorContract.Pause()),
                Step("unpause", 5, distributor, "unpause", DistributorContract.Unpause()),
            },
        }));

        Assert.Equal(Expected, answer.Split('\n'));
    }

    [Fact]
    public void ContractAddress_FirstOfAWellKnownAccount_IsWhereItIs() =>
        Assert.Equal(Token, ChainTransaction.ContractAddress(EthereumAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), 0));

    private static EthereumAddress Account(int number) => DeviceKey.FromSecret(Keccak256.Of(BitConverter.GetBytes(number)).ToArray()).Address;

    private static object Step(string name, ulong nonce, EthereumAddress? to, string? call, byte[] data, params object[] args)
    {
        ulong gas = to is null ? 3_000_000UL : 300_000UL;
        (byte[] raw, Hash256 hash) = new ChainTransaction(ChainId, nonce, 1_000_000_000, 20_000_000_000, gas, to, data).Sign(Device);
        return new { name, raw = Hexadecimal.Write(raw), hash = hash.ToString(), call, args };
    }
}
