using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

public sealed class ForeignStreamTests
{
    private static readonly TestPictures Shape = new(64, 48, 8);

    [Fact]
    public void WhyNone_LibavHasTheEncoder_IsNull()
    {
        Assert.All(ForeignStream.All, stream => Assert.Null(stream.WhyNone));
    }

    [Fact]
    public void WhyNone_LibavHasNoSuchEncoder_NamesIt()
    {
        string? why = (ForeignStream.Of("vp9")! with { Encoder = "libvpx-vp11" }).WhyNone;

        Assert.Equal("There is nothing to try it with: libav has no encoder libvpx-vp11 here, which would make what is to be decoded.", why);
    }

    /// <summary>Only MPEG-2 leaves roundings to the decoder.</summary>
    [Fact]
    public void MostApart_IsOfMpeg2Only() =>
        Assert.Equal(["vp9 0", "mpeg2video 10"], ForeignStream.All.Select(stream => $"{stream.Format} {stream.MostApart}"));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    public void Apart_OneSampleIsOff_IsByHowMuch(int off, int apart)
    {
        using AvFrame one = Shape.Make(0);
        using AvFrame other = Shape.Make(0);
        other.Plane(2, Shape.Height / 2)[(3 * other.Stride(2)) + 5] += (byte)off;

        Assert.Equal(apart, SamplesOf.Apart(one, other, Shape));
    }

    [Fact]
    public void Apart_TenBits_CountsStepsOfEight()
    {
        TestPictures deep = Shape with { BitDepth = 10 };
        using AvFrame one = deep.Make(0);
        using AvFrame other = deep.Make(0);
        other.Plane(0, Shape.Height)[10] += 1;

        Assert.Equal(1, SamplesOf.Apart(one, other, deep));
    }

    [Fact]
    public void Apart_AnotherSize_IsIncomparable()
    {
        using AvFrame one = Shape.Make(0);
        using AvFrame other = (Shape with { Width = 32 }).Make(0);

        Assert.Equal(SamplesOf.Incomparable, SamplesOf.Apart(one, other, Shape));
    }
}
