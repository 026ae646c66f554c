using System.Globalization;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Layouts;

/// <summary>Every way of laying out gives the scalar one's bytes, and these are ffmpeg's.</summary>
public sealed class LayoutConverterTests
{
    private static readonly (int Width, int Height)[] EvenSizes = [(16, 8), (18, 34), (642, 362)];

    private static readonly (int Width, int Height)[] OddSizes = [(16, 8), (17, 33), (641, 361)];

    /// <summary>Every two that go together.</summary>
    public static TheoryData<string, string> Ways => new(
        from source in PixelLayout.All
        from target in PixelLayout.All
        where LayoutConverter.Knows(source, target)
        select (source.Name, target.Name));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Picture_AtEveryVectorWidth_IsTheScalarOneToTheByte(string from, string to)
    {
        foreach ((int width, int height) in TestPicture.AwkwardSizes.Concat([(16, 2), (31, 4), (33, 3), (64, 1)]))
        {
            foreach (bool tight in new[] { true, false })
            {
                byte[] expected = Converted(from, to, width, height, tight, LaneWidth.None).Packed();
                foreach (LaneWidth lanes in LayoutConverter.Widths)
                {
                    TestPicture made = Converted(from, to, width, height, tight, lanes);
                    Assert.True(expected.AsSpan().SequenceEqual(made.Packed()), $"{from} to {to}, {width}×{height}: {lanes}");
                    Assert.True(made.GapsAreUntouched(), $"{from} to {to}, {width}×{height}: {lanes} writes between rows");
                }
            }
        }
    }

    /// <summary>ffmpeg's conversions, sample for sample: libswscale's between planes and pairs, and from 8 bits to 10, which is a shift where range is
    /// limited, as it is unless said otherwise; zimg's from 10 bits to 8, because libswscale cuts off what it does not dither. A step
    /// at a time: straight from 8 bits to P010 libswscale fills the empty bits.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Picture_BesideFFmpeg_IsTheSame(string from, string to)
    {
        PixelLayout source = PixelLayout.Named(from)!, target = PixelLayout.Named(to)!;
        string chain = string.Join(",format=", $"format={Planar(source).Name}{(source.Bits > target.Bits ? ",zscale=dither=none" : "")}", Planar(target).Name, to);

        // Of an odd number libswscale leaves the last colour out on the way to P010, and zimg takes none.
        foreach ((int width, int height) in target.Shift > 0 || source.Bits > target.Bits ? EvenSizes : OddSizes)
        {
            TestPicture picture = TestPicture.Noise(source, width, height, tight: true);
            byte[] theirs = await FFmpeg.RunAsync(
                string.Create(CultureInfo.InvariantCulture, $"-f rawvideo -pix_fmt {from} -s {width}x{height} -i pipe:0 -vf {chain} -sws_flags neighbor -f rawvideo pipe:1"), picture.Packed());

            Assert.True(theirs.AsSpan().SequenceEqual(Converted(from, to, width, height, tight: true, LayoutConverter.Widest).Packed()), $"{width}×{height}");
        }
    }

    [Fact]
    public void Picture_OfAnotherShape_IsRefused()
    {
        PixelLayout planes = PixelLayout.Named("yuv420p")!;
        LayoutConverter converter = LayoutConverter.For(planes, PixelLayout.Named("nv12")!, LaneWidth.None);
        TestPicture source = TestPicture.Empty(planes, 8, 8, tight: true);

        Assert.Throws<ArgumentException>(() => converter.Convert(source.View, source.View));
        Assert.Throws<ArgumentException>(() => converter.Convert(source.View, TestPicture.Empty(PixelLayout.Named("nv12")!, 8, 9, tight: true).View));
        Assert.Throws<NotSupportedException>(() => LayoutConverter.For(planes, PixelLayout.Named("yuv444p")!, LaneWidth.None));
        Assert.Null(PixelLayout.Named("rgb24"));
    }

    private static TestPicture Converted(string from, string to, int width, int height, bool tight, LaneWidth lanes)
    {
        TestPicture source = TestPicture.Noise(PixelLayout.Named(from)!, width, height, tight);
        TestPicture target = TestPicture.Empty(PixelLayout.Named(to)!, width, height, tight);
        LayoutConverter.For(source.Shape.Layout, target.Shape.Layout, lanes).Convert(source.View, target.View);
        return target;
    }

    private static PixelLayout Planar(PixelLayout layout) =>
        PixelLayout.All.First(other => !other.IsPaired && (other.Bits, other.ColumnStep, other.RowStep) == (layout.Bits, layout.ColumnStep, layout.RowStep));
}
