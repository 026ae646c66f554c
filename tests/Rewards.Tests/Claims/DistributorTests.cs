using System.Globalization;
using System.Text.Json;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Claims;

/// <summary>Claims made here are paid by the contract, on a real chain of its own.</summary>
public sealed class DistributorTests
{
    private const int Accounts = 11;

    private static readonly UInt128 Coin = 1_000_000_000_000_000_000;

    private static readonly string[] Expected =
    [
        "the checked-in contract is what the source gives: true",
        "claim before any epoch: StaleRoot",
        "claim of the root 0 before any epoch: StaleRoot",
        "epoch closed by a stranger: OwnableUnauthorizedAccount",
        "second epoch first: WrongEpoch",
        "first epoch: EpochClosed",
        "claim: paid 5000000000000000000",
        "the same claim again: NothingOwed",
        "wrong amount: WrongProof",
        "another's proof: WrongProof",
        "another's account: WrongProof",
        "no proof: WrongProof",
        "a node as a leaf: WrongProof",
        "paused by a stranger: OwnableUnauthorizedAccount",
        "paused: Paused",
        "claim while paused: EnforcedPause",
        "unpaused: Unpaused",
        "claim after it: paid 2500000000000000000",
        "claim beyond the cap: paid 2500000000000000000",
        "claim after the cap: EpochCapReached",
        "second epoch too early: EpochTooShort",
        "log smaller than before: LogShrank",
        "no root: NoRoot",
        "second epoch: EpochClosed",
        "first epoch once more: WrongEpoch",
        "claim of the old root: StaleRoot",
        "old claim under the new root: WrongProof",
        "what the cap had left: paid 5500000000000000000",
        "what came since: paid 1000000000000000000",
        "nothing came since: NothingOwed",
        "held of what was claimed: true",
        "held of what was claimed: true",
        "held of what was claimed: true",
    ];

    [Fact]
    public async Task Claims_OnARealChain_ArePaidOnceAndNothingElseIs()
    {
        NodeOracle.Require("@foundry-rs/anvil-linux-amd64");
        EthereumAddress[] accounts = [.. Enumerable.Range(1, Accounts).Select(i => DeviceKey.FromSecret(Keccak256.Of([(byte)i]).ToArray()).Address)];
        ClaimTree first = Tree(accounts, [5 * Coin, 5 * Coin / 2, 7 * Coin]);
        ClaimTree second = Tree(accounts, [6 * Coin, 5 * Coin / 2, 8 * Coin]);

        string answer = await NodeOracle.AskAsync("distributor.mjs", JsonSerializer.Serialize(new
        {
            cap = (10 * Coin).ToString(CultureInfo.InvariantCulture),
            epochs = new[] { Epoch(1, first, accounts), Epoch(2, second, accounts) },
        }));

        Assert.Equal(Expected, answer.Split('\n'));
    }

    /// <summary>The accounts that the test plays with may claim these; the others make the tree.</summary>
    private static ClaimTree Tree(EthereumAddress[] accounts, UInt128[] amounts) =>
        ClaimTree.Of([.. accounts.Select((account, i) => new Claim(account, i < amounts.Length ? amounts[i] : Coin))]);

    private static object Epoch(int number, ClaimTree tree, EthereumAddress[] accounts) => new
    {
        record = JsonDocument.Parse(new EpochRecord(number, tree.Root, MerkleHash.Empty, 100 * number).ToJson()).RootElement,
        claims = accounts.Take(3).Select(account => tree.Prove(account)!.Value).Select(claim => new
        {
            account = claim.Claim.Account.ToString(),
            cumulative = claim.Claim.Cumulative.ToString(CultureInfo.InvariantCulture),
            proof = claim.Proof.Select(hash => hash.ToString()),
        }),
    };
}
