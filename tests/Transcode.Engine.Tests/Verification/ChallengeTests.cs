using System.Security.Cryptography;
using Transcode.Engine.Verification;
using Xunit;

namespace Transcode.Engine.Tests.Verification;

/// <summary>Which frames are drawn follows from the seed, and no frame is likelier than another.</summary>
public sealed class ChallengeTests
{
    [Fact]
    public void Draw_OfOneSeed_IsTheSame() => Assert.Equal([3, 31, 38], Challenge.Draw(new byte[32], 48, 3));

    [Fact]
    public void Draw_OfManySeeds_TakesEachFrameAboutAsOften()
    {
        int[] taken = new int[48];
        for (int seed = 0; seed < 8000; seed++)
        {
            int[] drawn = Challenge.Draw(Seed(seed), 48, 3);
            Assert.Equal(3, drawn.Distinct().Count());
            Assert.Equal(drawn.Order(), drawn);
            Array.ForEach(drawn, frame => taken[frame]++);
        }

        // 500 each, with a deviation of 22.
        Assert.All(taken, count => Assert.InRange(count, 400, 600));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void Draw_OfFewFrames_TakesWhatThereIs(int frames, int expected)
    {
        int[] drawn = Challenge.Draw(Seed(1), frames, 3);
        Assert.Equal(expected, drawn.Length);
        Assert.All(drawn, frame => Assert.InRange(frame, 0, frames - 1));
    }

    [Fact]
    public void Seed_OfOtherCheckpointReceiptOrLot_IsAnother()
    {
        byte[] seed = Challenge.SeedOf("a"u8, Seed(1), Seed(2));
        Assert.Equal(Challenge.SeedBytes, seed.Length);
        Assert.Equal(seed, Challenge.SeedOf("a"u8, Seed(1), Seed(2)));
        Assert.NotEqual(seed, Challenge.SeedOf("b"u8, Seed(1), Seed(2)));
        Assert.NotEqual(seed, Challenge.SeedOf("a"u8, Seed(3), Seed(2)));
        Assert.NotEqual(seed, Challenge.SeedOf("a"u8, Seed(1), Seed(3)));
    }

    [Theory]
    [InlineData(31, 33)]
    [InlineData(0, 64)]
    public void Seed_OfPartsOfOtherLengths_IsRefused(int digest, int lot) =>
        Assert.Throws<ArgumentException>(() => Challenge.SeedOf("a"u8, new byte[digest], new byte[lot]));

    [Fact]
    public void Draw_ByASeedOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Challenge.Draw(new byte[31], 48, 3));

    private static byte[] Seed(int number) => SHA256.HashData(BitConverter.GetBytes(number));
}
