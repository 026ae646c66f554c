using System.Text.Json;
using Rewards.Log;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Log;

public sealed class MerkleTilesTests
{
    private static readonly Hash256[] Leaves = Trees.Leaves(70_000);

    private static readonly MerkleTiles Tiles = Trees.Tiles(Leaves);

    private static readonly int[] AwkwardSizes = [255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000];

    /// <summary>Computed apart from this code, by sha256sum over the trees of RFC 6962, 2.1.</summary>
    [Theory]
    [InlineData(3, "0x65d69e1ec96e778d72ebcbcfe5dda0a60a7f1cbcc2059b6366816e1770d830c2")]
    [InlineData(7, "0x2ef0a400bf2475990ace7f1c3ca79abd009f464524f7bc8de9cabf915b1c274b")]
    public void Root_KnownEntries_IsTheKnownRoot(int size, string root) => Assert.Equal(root, Tiles.Root(size).ToString());

    [Fact]
    public void Proofs_EveryIndexAndSizeOfSmallTrees_AreThoseOfTheRfcAndHold()
    {
        for (int size = 1; size <= 40; size++)
        {
            Hash256[] leaves = Leaves[..size];
            Hash256 root = Trees.Root(leaves);
            Assert.Equal(root, Tiles.Root(size));
            for (int i = 0; i < size; i++)
            {
                Hash256[] path = Tiles.Inclusion(i, size);
                Assert.Equal(Trees.Path(i, leaves), path);
                Assert.True(MerkleProof.Includes(leaves[i], i, size, path, root));
            }

            for (int old = 1; old <= size; old++)
            {
                Hash256[] proof = Tiles.Consistency(old, size);
                Assert.Equal(Trees.Proof(old, leaves), proof);
                Assert.True(MerkleProof.Extends(old, Trees.Root(leaves.AsSpan(0, old)), size, root, proof));
            }
        }
    }

    [Fact]
    public void Proofs_SizesAroundTiles_AreThoseOfTheRfcAndHold()
    {
        var random = new Random(5);
        foreach (int size in AwkwardSizes)
        {
            Hash256 root = Trees.Root(Leaves.AsSpan(0, size));
            Assert.Equal(root, Tiles.Root(size));
            Assert.Equal(root, Tiles.Frontier(size).Root());
            foreach (int i in new[] { 0, size - 1, size / 2, random.Next(size) })
            {
                Hash256[] path = Tiles.Inclusion(i, size);
                Assert.Equal(Trees.Path(i, Leaves.AsSpan(0, size)), path);
                Assert.True(MerkleProof.Includes(Leaves[i], i, size, path, root));
            }

            foreach (int old in AwkwardSizes.Where(old => old <= size))
            {
                Hash256[] proof = Tiles.Consistency(old, size);
                Assert.Equal(Trees.Proof(old, Leaves.AsSpan(0, size)), proof);
                Assert.True(MerkleProof.Extends(old, Trees.Root(Leaves.AsSpan(0, old)), size, root, proof));
            }
        }
    }

    /// <summary>Whatever is changed about a proof, it proves no more: hash, order, number of hashes, index, sizes, roots.</summary>
    [Fact]
    public void Proofs_AnythingChanged_DoNotHold()
    {
        for (int size = 1; size <= 20; size++)
        {
            Hash256 root = Tiles.Root(size);
            for (int i = 0; i < size; i++)
            {
                Hash256[] path = Tiles.Inclusion(i, size);
                Assert.All(Broken(path), broken => Assert.False(MerkleProof.Includes(Leaves[i], i, size, broken, root)));
                Assert.False(MerkleProof.Includes(Leaves[i + 1], i, size, path, root));
                Assert.False(MerkleProof.Includes(Leaves[i], i, size, path, MerkleHash.Empty));
                Assert.False(MerkleProof.Includes(Leaves[i], -1, size, path, root));
                Assert.False(MerkleProof.Includes(Leaves[i], size, size, path, root));
                Assert.All(Enumerable.Range(0, size).Where(j => j != i), j => Assert.False(MerkleProof.Includes(Leaves[i], j, size, path, root)));
            }

            for (int old = 1; old < size; old++)
            {
                Hash256[] proof = Tiles.Consistency(old, size);
                Hash256 oldRoot = Tiles.Root(old);
                Assert.All(Broken(proof), broken => Assert.False(MerkleProof.Extends(old, oldRoot, size, root, broken)));
                Assert.False(MerkleProof.Extends(old, root, size, root, proof));
                Assert.False(MerkleProof.Extends(old, oldRoot, size, oldRoot, proof));
                Assert.False(MerkleProof.Extends(size, oldRoot, old, root, proof));
            }
        }
    }

    [Fact]
    public void Extends_EmptyTree_IsTheBeginningOfAll()
    {
        Assert.Empty(Tiles.Consistency(0, 5));
        Assert.True(MerkleProof.Extends(0, MerkleHash.Empty, 5, Tiles.Root(5), []));
        Assert.False(MerkleProof.Extends(0, Tiles.Root(1), 5, Tiles.Root(5), []));
        Assert.False(MerkleProof.Extends(-1, MerkleHash.Empty, 5, Tiles.Root(5), []));
    }

    [Fact]
    public void Inclusion_LargeTree_ReadsFewHashes()
    {
        int read = 0;
        MerkleTiles tiles = Trees.Tiles(Leaves, count => read += count);

        tiles.Inclusion(12_345, 70_000);

        // At most a tile for each level of the path and of the right edge.
        Assert.InRange(read, 1, 6 * MerkleTiles.Width);
    }

    [Fact]
    public async Task Inclusion_ManyProofs_AreAcceptedBySigstore()
    {
        int[] sizes = [1, 2, 3, 7, 8, 100, 256, 257, 1000, 65_537];
        var cases = sizes
            .SelectMany(size => new[] { 0, size / 3, size / 2, size - 1 }.Distinct().Select(index => (Index: index, Size: size))).ToList();

        string answer = await NodeOracle.AskAsync("inclusion.mjs", JsonSerializer.Serialize(cases.Select(c => Case(c.Index, c.Size, c.Index)).Append(Case(3, 7, 4))));

        Assert.Equal(cases.Select(_ => "accepted").Append("TLOG_INCLUSION_PROOF_ERROR"), answer.Split('\n'));
    }

    private static object Case(int index, int size, int entry) => new
    {
        index,
        size,
        root = Tiles.Root(size).ToArray(),
        hashes = Tiles.Inclusion(index, size).Select(hash => hash.ToArray()),
        entry = Trees.Entry(entry),
    };

    private static IEnumerable<Hash256[]> Broken(Hash256[] proof)
    {
        yield return [.. proof, MerkleHash.Empty];
        yield return [MerkleHash.Empty, .. proof];
        for (int i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            yield return [.. proof[..i], MerkleHash.Empty, .. proof[(i + 1)..]];
        }
    }
}
