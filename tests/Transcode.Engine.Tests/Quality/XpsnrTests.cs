using Transcode.Engine.Quality;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Quality;

/// <summary>Values worked out by hand, after the paper.</summary>
public sealed class XpsnrTests
{
    /// <summary>√(16·2^7/√r), what the weights of 8 bits are made of, for a picture of so many samples.</summary>
    private static double Scale(int samples, int bits) => Math.Sqrt(16 * Math.Pow(2, (2 * bits) - 9) / Math.Sqrt(samples / (3840.0 * 2160)));

    [Theory]
    [InlineData(3840, 2160, 128)]
    [InlineData(1920, 1080, 64)]
    [InlineData(1280, 720, 44)]
    [InlineData(96, 54, 4)]
    [InlineData(32, 18, 0)]
    public void Blocks_OfAPicture_HaveTheSideOfThePaper(int width, int height, int side) =>
        Assert.Equal(side, new Xpsnr(new(width, height, 8), secondOrder: false, LaneWidth.None).Side);

    [Fact]
    public void Error_OfATinyPicture_IsThePlainOne()
    {
        TestPlane a = TestPlane.Of(3, 2, 8, 5, (x, y) => 10 + x + y), b = TestPlane.Of(3, 2, 8, 0, (_, _) => 10);
        Assert.Equal(0 + 1 + 4 + 1 + 4 + 9, Error(a, b, false, PlaneScaler.Widest));
    }

    /// <summary>Flat but for a step: no block has more activity than the least there is, 2^(bits − 6), so all weigh the same.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void Error_OfAFlatPicture_HasTheLargestWeight(int bits)
    {
        TestPlane a = TestPlane.Of(96, 54, bits, 3, (_, _) => 100), b = TestPlane.Of(96, 54, bits, 0, (_, _) => 103);
        Assert.Equal(96 * 54 * 9 * Scale(96 * 54, bits) / (1 << (bits - 6)), Error(a, b, false, PlaneScaler.Widest), 1e-6);
    }

    /// <summary>Columns of 0 and 8 in turn: the high-pass gives 12·8 − 2·(0 + 0 + 8 + 8) = 64 on the eights, for their left and right
    /// neighbours are 0 and so are those aslant, and −2·(8 + 8) − 4·8 = −64 on the noughts: a mean of 64 everywhere.</summary>
    [Fact]
    public void Error_OfStripes_IsWeightedByTheirHighPass()
    {
        TestPlane a = TestPlane.Of(96, 54, 8, 0, (x, _) => x % 2 * 8), b = TestPlane.Of(96, 54, 8, 0, (x, _) => (x % 2 * 8) + 2);
        Assert.Equal(96 * 54 * 4 * Scale(96 * 54, 8) / 64, Error(a, b, false, PlaneScaler.Widest), 1e-6);
    }

    /// <summary>A flat picture after one that was 5 darker, and that after one 2 darker still: twice 5, or twice 5 − 2.</summary>
    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 6)]
    public void Error_AfterAChange_IsWeightedByIt(bool secondOrder, double activity)
    {
        TestPlane now = Flat(60), before = Flat(55), earlier = Flat(53), decoded = Flat(61);
        Assert.Equal(96 * 54 * Scale(96 * 54, 8) / activity, Error(now, decoded, secondOrder, PlaneScaler.Widest, before, earlier), 1e-6);
    }

    /// <summary>One flat block of 4×4 within a flat area that reaches three samples further, among stripes of 0 and 8: the blocks
    /// around it have activity in one column or row, 64·4 in 16 or as much, so its own weight, of 4, is lowered to theirs, of 16.</summary>
    [Fact]
    public void Error_OfASmallPicture_HasNoBlockAlone()
    {
        TestPlane a = TestPlane.Of(96, 54, 8, 0, (x, y) => x is >= 45 and < 55 && y is >= 21 and < 31 ? 4 : x % 2 * 8);
        TestPlane b = TestPlane.Of(96, 54, 8, 0, (x, y) => a[x, y] + (x is >= 48 and < 52 && y is >= 24 and < 28 ? 3 : 0));
        Assert.Equal(16 * 9 * Scale(96 * 54, 8) / 16, Error(a, b, false, PlaneScaler.Widest), 1e-6);
    }

    /// <summary>Columns of 0 and 8, two by two: squares of four are flat. The paper's kernel gives, on a square of eights, 12·32 for
    /// itself, −3·32 for what is above and below, −1·32 for what is above and below that, and noughts to the sides; on a square
    /// of noughts −3·32 − 2·32 − 32 − 64 for the sides and what is beyond them: 256 either way, over four samples.</summary>
    [Fact]
    public void Error_OfALargePicture_IsWeightedBySquares()
    {
        const int Width = 2304, Height = 1296;
        TestPlane a = TestPlane.Of(Width, Height, 8, 0, (x, _) => x / 2 % 2 * 8), b = TestPlane.Of(Width, Height, 8, 0, (x, _) => (x / 2 % 2 * 8) + 1);

        const int Activity = 256;
        double expected = (double)Width * Height * Scale(Width * Height, 8) / (Activity / 4.0);
        Assert.Equal(expected, Error(a, b, false, PlaneScaler.Widest), expected * 0.002);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Error_AtEveryVectorWidthAndPitch_IsTheScalarOne(bool secondOrder)
    {
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            TestPlane[] close = [.. Enumerable.Range(0, 4).Select(i => KernelCases.Scene(width, height, 8, 6, i, gap: 0))];
            TestPlane[] apart = [.. Enumerable.Range(0, 4).Select(i => KernelCases.Scene(width, height, 8, 6, i, gap: 9))];
            double expected = Error(close[2], close[3], secondOrder, LaneWidth.None, close[1], close[0]);
            Assert.All(KernelCases.Widths, lanes => Assert.Equal(expected, Error(apart[2], apart[3], secondOrder, lanes, apart[1], apart[0])));
        }
    }

    private static TestPlane Flat(int level) => TestPlane.Of(96, 54, 8, 0, (_, _) => level);

    private static double Error(TestPlane a, TestPlane b, bool secondOrder, LaneWidth lanes, TestPlane? before = null, TestPlane? earlier = null) =>
        new Xpsnr(a.Shape(), secondOrder, lanes).WeightedError(View(a), View(before), View(earlier), View(b));

    private static PlaneView View(TestPlane? plane) => plane is null ? default : new(plane.Memory, plane.Pitch);
}
