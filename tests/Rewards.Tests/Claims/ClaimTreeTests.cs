using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rewards.Claims;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Claims;

public sealed class ClaimTreeTests
{
    /// <summary>Has the library build the large tree too, which takes it a minute: then all of the dump is compared, and times are the
    /// test's output.</summary>
    private static readonly bool Whole = Environment.GetEnvironmentVariable("REWARDS_CLAIMS") == "whole";

    private const int Many = 100_000;

    /// <summary>As @openzeppelin/merkle-tree 1.0.8 has it for the claims below.</summary>
    private const string RootOfMany = "0x40d0a76626553d022790f9fb82bc6ff0a1ca61981ca461a3eeee393352f2e6af";

    /// <summary>Made by @openzeppelin/merkle-tree.</summary>
    [Fact]
    public void Root_KnownClaims_IsTheKnownRoot()
    {
        Claim[] claims =
        [
            new(EthereumAddress.Parse("0x1111111111111111111111111111111111111111"), UInt128.Parse("5000000000000000000", CultureInfo.InvariantCulture)),
            new(EthereumAddress.Parse("0x2222222222222222222222222222222222222222"), UInt128.Parse("2500000000000000000", CultureInfo.InvariantCulture)),
            new(EthereumAddress.Parse("0x3333333333333333333333333333333333333333"), 1),
        ];

        Assert.Equal("0xd673f832e8ae578ea16450035956e30f27212b91d6cd26edbef07c90546302ff", ClaimTree.Of(claims).Root.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Write_Claims_IsToTheByteWhatTheLibraryDumps(int count)
    {
        ClaimTree tree = ClaimTree.Of(MadeUp(count));

        string[] answer = (await NodeOracle.AskAsync("claims.mjs", JsonSerializer.Serialize(new { count, dump = true }))).Split('\n');

        Assert.Equal(answer[0].Split(' ')[0], tree.Root.ToString());
        Assert.Equal(answer[1], Encoding.UTF8.GetString(Dump(tree)));
    }

    [Fact]
    public async Task Of_ManyClaims_IsTheLibrarysTree()
    {
        Claim[] claims = MadeUp(Many);
        ClaimTree.Of(claims);
        var watch = Stopwatch.StartNew();
        ClaimTree tree = ClaimTree.Of(claims);
        double milliseconds = watch.Elapsed.TotalMilliseconds;

        Assert.Equal(RootOfMany, tree.Root.ToString());
        var samples = Enumerable.Range(0, 50).Select(i => tree.Prove(claims[i * (Many / 50)].Account)!.Value).Select(p => new
        {
            root = tree.Root.ToString(),
            value = new[] { p.Claim.Account.ToString(), p.Claim.Cumulative.ToString(CultureInfo.InvariantCulture) },
            proof = p.Proof.Select(hash => hash.ToString()),
        });
        string accepted = await NodeOracle.AskAsync("claims.mjs", JsonSerializer.Serialize(new { proofs = samples }));
        Assert.All(accepted.Split('\n'), line => Assert.Equal("true", line));

        if (Whole)
        {
            string[] answer = (await NodeOracle.AskAsync("claims.mjs", JsonSerializer.Serialize(new { count = Many, dump = true }))).Split('\n');
            Assert.Equal(answer[1], Encoding.UTF8.GetString(Dump(tree)));
            double theirs = double.Parse(answer[0].Split(' ')[1], CultureInfo.InvariantCulture);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{Many} accounts: {milliseconds:F0} ms here, {theirs:F0} ms there: {theirs / milliseconds:F0} times as fast");
            Claim[] million = MadeUp(1_000_000);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            watch.Restart();
            ClaimTree.Of(million);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{million.Length} accounts: {watch.Elapsed.TotalMilliseconds:F0} ms, {(GC.GetTotalAllocatedBytes(precise: true) - before) >> 20} MiB allocated");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9000)]
    public void Prove_EveryAccount_HoldsAndNothingElseDoes(int count)
    {
        Claim[] claims = MadeUp(count);
        ClaimTree tree = ClaimTree.Of(claims);

        foreach (Claim claim in claims)
        {
            (Claim found, IReadOnlyList<Hash256> proof) = tree.Prove(claim.Account)!.Value;
            Assert.Equal(claim, found);
            Assert.True(ClaimTree.Holds(claim, proof, tree.Root));
            Assert.False(ClaimTree.Holds(claim with { Cumulative = claim.Cumulative + 1 }, proof, tree.Root));
            Assert.False(ClaimTree.Holds(claim with { Account = EthereumAddress.Zero }, proof, tree.Root));
            Assert.False(ClaimTree.Holds(claim, [.. proof, tree.Root], tree.Root));
            Assert.True(proof.Count == 0 || !ClaimTree.Holds(claim, [.. proof.Skip(1)], tree.Root));
        }

        Assert.Null(tree.Prove(EthereumAddress.Zero));
    }

    [Fact]
    public void Of_AnyOrder_IsTheSameTree()
    {
        Claim[] claims = MadeUp(100);

        Assert.Equal(Dump(ClaimTree.Of(claims)), Dump(ClaimTree.Of([.. claims.Reverse()])));
    }

    [Fact]
    public void Of_NoneOrTheSameTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ClaimTree.Of([]));
        Claim[] twice = [.. MadeUp(5), MadeUp(5)[3] with { Cumulative = 7 }];
        Assert.Contains("is there twice", Assert.Throws<ArgumentException>(() => ClaimTree.Of(twice)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaf_LargestAmount_IsReadBack()
    {
        ClaimTree tree = ClaimTree.Of([new(EthereumAddress.Zero, UInt128.MaxValue)]);

        Assert.Equal(UInt128.MaxValue, ClaimTreeJson.Read(Dump(tree)).Claims[0].Cumulative);
    }

    [Fact]
    public void Read_WrittenTree_IsTheSame()
    {
        ClaimTree tree = ClaimTree.Of(MadeUp(1000));

        ClaimTree read = ClaimTreeJson.Read(Dump(tree));

        Assert.Equal(tree.Root, read.Root);
        Assert.True(tree.Claims.SequenceEqual(read.Claims));
    }

    [Theory]
    [InlineData("standard-v1", "standard-v2")]
    [InlineData("uint256", "uint128")]
    [InlineData("\"treeIndex\":4", "\"treeIndex\":2")]
    [InlineData("000000000001\"", "000000000002\"")]
    [InlineData("000000000001\"", "000000000001.5\"")]
    [InlineData("000000000001\"", "-1\"")]
    [InlineData("000000000001\"", "000000000001000000000000000000000000000000\"")]
    [InlineData("\"tree\":[\"0x", "\"tree\":[\"0x0")]
    [InlineData("\"values\"", "\"value\"")]
    [InlineData("}]}", "}]} ")]
    [InlineData("}]}", "}]")]
    public void Read_TextThatDiffers_IsRefused(string from, string to)
    {
        string text = Encoding.UTF8.GetString(Dump(ClaimTree.Of(MadeUp(3))));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ClaimTreeJson.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"values\":[]}")]
    [InlineData("{\"values\":[{\"value\":[\"0x11\",\"1\"]}]}")]
    public void Read_SomethingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => ClaimTreeJson.Read(Encoding.UTF8.GetBytes(text)));

    private static byte[] Dump(ClaimTree tree)
    {
        var output = new MemoryStream();
        ClaimTreeJson.Write(tree, output);
        return output.ToArray();
    }

    /// <summary>Account i is the end of keccak256 of i in four bytes, and may claim 10^18·i + 1.</summary>
    private static Claim[] MadeUp(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, i);
        return new Claim(new(Keccak256.Of(number).ToArray().AsSpan(12)), ((UInt128)1_000_000_000_000_000_000 * (UInt128)i) + 1);
    })];
}
