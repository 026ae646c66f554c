using System.Text;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class ContentHashesTests
{
    /// <summary>Computed apart from this code: printf and sha256sum.</summary>
    [Fact]
    public void OfRecipe_Bytes_IsTheirSha256() =>
        Assert.Equal("0x44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", ContentHashes.OfRecipe("{}"u8).ToString());

    /// <summary>Computed apart from this code: printf and sha256sum.</summary>
    [Fact]
    public void OfSourceAndOfPiece_AreTheSpecifiedDigests()
    {
        Assert.Equal("0xffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb", ContentHashes.OfSource(new string('a', 64)).ToString());
        Assert.Equal(
            "0x2e3aa189e1f666b2c3e864e21d978388020b89a6725e31ff2657bad5840a7f02",
            ContentHashes.OfPiece(Hash256.Parse(string.Concat(Enumerable.Repeat("cc", 32)))).ToString());
    }

    /// <summary>Computed apart from this code, by sha256sum over the trees of RFC 6962, 2.1.</summary>
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "30ffcce68ded5ce2353dcb4cac3e9b97e8bfac59c144302ea341014fd0560f06")]
    [InlineData(3, "65d69e1ec96e778d72ebcbcfe5dda0a60a7f1cbcc2059b6366816e1770d830c2")]
    [InlineData(7, "2ef0a400bf2475990ace7f1c3ca79abd009f464524f7bc8de9cabf915b1c274b")]
    public async Task OfOutputs_Pieces_IsTheRootOfRfc6962(int count, string root)
    {
        byte[][] pieces = [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes($"receipt-{i}"))];

        Assert.Equal("0x" + root, ContentHashes.OfOutputs(pieces.Select(p => MerkleHash.Leaf(p))).ToString());
        foreach (byte[] piece in pieces)
        {
            Assert.Equal(MerkleHash.Leaf(piece), await MerkleHash.LeafAsync(new MemoryStream(piece), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(200_000)]
    public async Task Leaf_LongPiece_IsTheSameInOneAndInParts(int length)
    {
        byte[] piece = new byte[length];

        Assert.Equal(MerkleHash.Leaf(piece), await MerkleHash.LeafAsync(new MemoryStream(piece), TestContext.Current.CancellationToken));
    }
}
