using System.Text;
using System.Text.Json;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Signing;

public sealed class Keccak256Tests
{
    /// <summary>Around one and two blocks of 136 bytes, where the padding goes elsewhere.</summary>
    private static readonly int[] Lengths = [1, 31, 32, 64, 134, 135, 136, 137, 271, 272, 273, 1000];

    /// <summary>The Keccak team's own vectors (ShortMsgKAT of the submission, of 0 bits) and the well-known one of "abc".</summary>
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void Of_PublishedMessage_IsThePublishedDigest(string message, string digest) =>
        Assert.Equal(digest, Keccak256.Of(Encoding.ASCII.GetBytes(message)).ToString());

    [Fact]
    public async Task Of_LengthsAroundABlock_IsWhatViemAndEthersSay()
    {
        byte[][] messages = [.. Lengths.Select(length => Bytes(length))];

        string answer = await NodeOracle.AskAsync("keccak.mjs", JsonSerializer.Serialize(messages.Select(m => Hexadecimal.Write(m))));

        Assert.Equal(answer.Split('\n'), messages.Select(m => Keccak256.Of(m).ToString()));
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) + length))];
}
