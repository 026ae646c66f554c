using Transcode.Engine.Segments.Captions;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Captions;

/// <summary>Which pairs are of the first channel.</summary>
public sealed class CaptionChannelTests
{
    private static readonly byte[] Resume = Triplet(0x14, 0x20);

    [Fact]
    public void Pairs_BeforeACaptionBegins_AreNotTaken()
    {
        var channel = new CaptionChannel();

        Assert.False(channel.Takes(Triplet((byte)'a', (byte)'b'), out _));
        Assert.False(channel.Takes(Triplet(0x14, 0x2F), out _));
        Assert.True(channel.Takes(Resume, out _));
        Assert.True(channel.Takes(Triplet((byte)'a', (byte)'b'), out _));
    }

    [Fact]
    public void Pairs_OfOthers_AreNotTaken()
    {
        var channel = new CaptionChannel();
        channel.Takes(Resume, out _);

        Assert.False(channel.Takes(Triplet(0, 0), out _));
        Assert.False(channel.Takes([0xFD, .. Triplet((byte)'a', (byte)'b')[1..]], out _));
        Assert.False(channel.Takes([0xF8, .. Triplet((byte)'a', (byte)'b')[1..]], out _));
        Assert.False(channel.Takes([0xFC, (byte)(Resume[1] ^ 0x80), Resume[2]], out _));
        Assert.False(channel.Takes(Triplet(0x1C, 0x20), out _));
        Assert.False(channel.Takes(Triplet((byte)'a', (byte)'b'), out _));
        Assert.True(channel.Takes(Resume, out _));
    }

    [Theory]
    [InlineData(0x2C, true)]
    [InlineData(0x2D, true)]
    [InlineData(0x2F, true)]
    [InlineData(0x2E, false)]
    public void Commands_ThatChangeTheScreen_AreTold(byte command, bool changes)
    {
        var channel = new CaptionChannel();
        channel.Takes(Resume, out _);

        Assert.True(channel.Takes(Triplet(0x14, command), out bool told));
        Assert.Equal(changes, told);
    }

    private static byte[] Triplet(byte first, byte second) => [0xFC, CaptionedFilm.WithParity(first), CaptionedFilm.WithParity(second)];
}
