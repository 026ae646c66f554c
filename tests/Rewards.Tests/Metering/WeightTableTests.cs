using System.Security.Cryptography;
using System.Text;
using Rewards.CrashWriter;
using Rewards.Metering;
using Xunit;

namespace Rewards.Tests.Metering;

public sealed class WeightTableTests
{
    [Fact]
    public void WeightedPixels_Video_CountsDecodedAndEncodedPixels() =>
        // 100,000,000 × 0.150 + 48 × 1280 × 720 × 1.000
        Assert.Equal(15_000_000 + 44_236_800, WeightTable.Current.WeightedPixels(Segment.Of(0)));

    [Fact]
    public void WeightedPixels_Sound_CountsFrames()
    {
        WorkMeasurement sound = Segment.Of(0) with { Codec = "aac", BitDepth = 0, PixelsIn = 0, PixelsOut = 0, Frames = 94 };

        Assert.Equal(940_000, WeightTable.Current.WeightedPixels(sound));
    }

    [Fact]
    public void WeightedPixels_Fraction_IsRoundedDown()
    {
        WorkMeasurement work = Segment.Of(0) with { PixelsIn = 13, PixelsOut = 2 };

        // 13 × 0.150 + 2 = 3.95
        Assert.Equal(3, WeightTable.Current.WeightedPixels(work));
    }

    [Fact]
    public void WeightedPixels_LargestCounts_DoNotOverflow()
    {
        WorkMeasurement work = Segment.Of(0) with { PixelsIn = WorkMeasurement.CountLimit, PixelsOut = WorkMeasurement.CountLimit };

        Assert.Equal(10_358_279_142_952_140, WeightTable.Current.WeightedPixels(work));
    }

    [Theory]
    [InlineData("vp9", 8)]
    [InlineData("h264", 10)]
    public void WeightedPixels_CodecWithoutWeight_IsRefused(string codec, int bitDepth) =>
        Assert.Throws<ArgumentException>(() => WeightTable.Current.WeightedPixels(Segment.Of(0) with { Codec = codec, BitDepth = bitDepth }));

    /// <summary>2.4 times an 8-bit pixel of H.264.</summary>
    [Fact]
    public void WeightedPixels_OfAnotherCodec_AreItsOwn() =>
        Assert.Equal(15_000_000 + 106_168_320, WeightTable.Current.WeightedPixels(Segment.Of(0) with { Codec = "hevc", BitDepth = 10 }));

    /// <summary>Records name a version, not a table: once published, its bytes stand.</summary>
    [Theory]
    [InlineData(1, "ffc3b2f042a0a9f7c2d4930621be7395a6603e480a28201df90f200e8d16a419")]
    [InlineData(2, "55b269efc3329c1e749e37e0fdbf9f29a9fbd66884a1445b231d6a55ce0f4d8a")]
    public void Published_Bytes_AreAsPublished(int version, string sha256)
    {
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(WeightTable.Published(version))));
        Assert.Equal(version, WeightTable.Of(version)!.Version);
        Assert.Null(WeightTable.Of(99));
    }

    [Theory]
    [InlineData("""{"version":0,"unit":"u","decodedPixel":1,"encoded":[]}""")]
    [InlineData("""{"version":1,"unit":"u","decodedPixel":-1,"encoded":[]}""")]
    [InlineData("""{"version":1,"unit":"u","decodedPixel":1,"encoded":[{"codec":"x","bitDepth":8,"perPixel":1,"perFrame":1},{"codec":"x","bitDepth":8,"perPixel":2,"perFrame":1}]}""")]
    [InlineData("""{"version":1,"unit":"u","decodedPixel":0.5,"encoded":[]}""")]
    [InlineData("""{"version":1,"unit":"u","decodedPixel":1}""")]
    [InlineData("""{"version":1,"unit":"u","decodedPixel":1,"encoded":[],"more":1}""")]
    [InlineData("null")]
    [InlineData("[")]
    public void Parse_NotAWeightTable_IsRefused(string json) =>
        Assert.Throws<FormatException>(() => WeightTable.Parse(Encoding.UTF8.GetBytes(json)));
}
