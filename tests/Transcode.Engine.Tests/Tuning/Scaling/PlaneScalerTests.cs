using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Scaling;

/// <summary>Every way of computing gives the bytes that the arithmetic says, and these are what the formulas say.</summary>
public sealed class PlaneScalerTests
{
    /// <summary>From and to: shrunk, enlarged, kept in one direction, shorter than a vector, odd, one sample.</summary>
    private static readonly (int Width, int Height, int ToWidth, int ToHeight)[] Sizes =
    [
        (1, 1, 1, 1), (1, 1, 5, 3), (3, 5, 17, 33), (17, 33, 3, 5), (64, 64, 33, 31), (37, 9, 36, 8), (720, 31, 768, 31),
        (513, 40, 342, 40), (1280, 41, 854, 28), (4097, 3, 2, 2),
    ];

    public static TheoryData<string, int, int> Ways => new(
        from filter in ScaleFilter.All
        from bits in new[] { (8, 8), (10, 10), (10, 8) }
        select (filter.Name, bits.Item1, bits.Item2));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Plane_AtEveryVectorWidth_IsTheScalarOneToTheByte(string name, int bits, int toBits)
    {
        ScaleFilter filter = ScaleFilter.Named(name);
        foreach ((int width, int height, int toWidth, int toHeight) in Sizes.Append((1919, 1079, 640, 360)))
        {
            TestPlane source = TestPlane.Noise(width, height, bits, gap: 5);
            byte[] expected = source.Scaled(filter, toWidth, toHeight, toBits, LaneWidth.None).Packed();
            foreach (LaneWidth lanes in PlaneScaler.Widths)
            {
                TestPlane scaled = source.Scaled(filter, toWidth, toHeight, toBits, lanes);
                Assert.True(
                    expected.AsSpan().SequenceEqual(scaled.Packed()), $"{name}, {bits} to {toBits} bits, {width}×{height} to {toWidth}×{toHeight}: {lanes}");
                Assert.True(scaled.GapsAreUntouched(), $"{lanes} writes past a row of {toWidth}");
            }
        }
    }

    [Fact]
    public void Widths_OfThisMachine_AreThoseItCanShow() =>
        Assert.True(PlaneScaler.Widths.Contains(PlaneScaler.Widest) && PlaneScaler.Widths.Contains(LaneWidth.Plain));

    /// <summary>What lies between rows, and the memory after the last row, counts for nothing: it need not even be there.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Plane_AtAnyPitch_IsTheSame(string name, int bits, int toBits)
    {
        ScaleFilter filter = ScaleFilter.Named(name);
        foreach ((int width, int height, int toWidth, int toHeight) in Sizes)
        {
            byte[] close = TestPlane.Noise(width, height, bits, gap: 0).Scaled(filter, toWidth, toHeight, toBits, PlaneScaler.Widest, gap: 0).Packed();
            byte[] apart = TestPlane.Noise(width, height, bits, gap: 77).Scaled(filter, toWidth, toHeight, toBits, PlaneScaler.Widest, gap: 31).Packed();
            Assert.Equal(close, apart);
        }
    }

    /// <summary>Before the last rounding the error is less than half a step: weights are rounded to 2^-14 with running sums
    /// exact to half of that, and what goes from one pass to the other has five bits of fraction at least. So the rounded
    /// result is at most one step off, and most often not at all. Dithering adds a step less a bit to a shift of its own.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Plane_BesideTheFormulas_IsOffByOneAtMost(string name, int bits, int toBits)
    {
        ScaleFilter filter = ScaleFilter.Named(name);
        foreach ((int width, int height, int toWidth, int toHeight) in Sizes)
        {
            TestPlane source = TestPlane.Noise(width, height, bits, gap: 0);
            int[] scaled = source.Scaled(filter, toWidth, toHeight, toBits, LaneWidth.None).Samples();
            double[] exact = source.Exactly(filter, toWidth, toHeight);
            int largest = (1 << toBits) - 1;
            double error = 0;
            for (int i = 0; i < scaled.Length; i++)
            {
                double wanted = Math.Clamp(exact[i] / (1 << (bits - toBits)), 0, largest);
                Assert.InRange(scaled[i], wanted - Slack(bits, toBits), wanted + Slack(bits, toBits));
                error += Math.Abs(scaled[i] - wanted);
            }

            // Rounding alone leaves a quarter of a step, an ordered threshold a third.
            Assert.InRange(error / scaled.Length, 0, scaled.Length < 100 ? 1 : bits == toBits ? 0.27 : 0.36);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Plane_ThatIsFlat_StaysSo(string name, int bits, int toBits)
    {
        int step = 1 << (bits - toBits);
        int largest = (1 << toBits) - 1;
        foreach (int level in new[] { 0, 1, 16, largest / 2, largest - 1, largest })
        {
            foreach ((int width, int height, int toWidth, int toHeight) in Sizes)
            {
                TestPlane flat = TestPlane.Of(width, height, bits, gap: 1, (_, _) => level * step);
                Assert.All(flat.Scaled(ScaleFilter.Named(name), toWidth, toHeight, toBits, PlaneScaler.Widest).Samples(), sample => Assert.Equal(level, sample));
            }
        }
    }

    /// <summary>Levels between two steps come out as a mixture of both, in the right share.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    public void Plane_OfFewerBits_KeepsItsMean(int level)
    {
        TestPlane flat = TestPlane.Of(96, 96, 10, gap: 0, (_, _) => level);
        int[] scaled = flat.Scaled(ScaleFilter.Bicubic, 64, 64, 8, PlaneScaler.Widest).Samples();

        Assert.InRange(scaled.Min(), level / 4, (level / 4) + 1);
        Assert.InRange(scaled.Average(), (level / 4.0) - 0.02, (level / 4.0) + 0.02);
    }

    /// <summary>Filters overshoot at hard edges, in both directions at once: values are held at the ends, never wrapped.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Plane_OfHardEdges_OvershootsToTheEndOnly(string name, int bits, int toBits)
    {
        int top = (1 << bits) - 1;
        int largest = (1 << toBits) - 1;
        foreach (int period in new[] { 1, 2, 3, 5 })
        {
            TestPlane edges = TestPlane.Of(120, 90, bits, gap: 0, (x, y) => ((x / period) + (y / period)) % 2 == 0 ? 0 : top);
            foreach ((int toWidth, int toHeight) in new[] { (131, 97), (80, 60), (50, 33) })
            {
                int[] scaled = edges.Scaled(ScaleFilter.Named(name), toWidth, toHeight, toBits, PlaneScaler.Widest).Samples();
                double[] exact = edges.Exactly(ScaleFilter.Named(name), toWidth, toHeight);
                for (int i = 0; i < scaled.Length; i++)
                {
                    double wanted = Math.Clamp(exact[i] / (1 << (bits - toBits)), 0, largest);
                    Assert.InRange(scaled[i], wanted - Slack(bits, toBits), wanted + Slack(bits, toBits));
                }
            }
        }
    }

    [Fact]
    public void Plane_TooSmallForItsRows_IsRefused()
    {
        TestPlane source = TestPlane.Noise(40, 30, 8, gap: 0);
        var plan = new PlanePlan(
            ScaleAxis.For(ScaleFilter.Bicubic, Raster.Full(40), 40, Raster.Full(20), 20, evenStarts: true),
            ScaleAxis.For(ScaleFilter.Bicubic, Raster.Full(30), 30, Raster.Full(10), 10, evenStarts: false),
            8,
            8);
        PlaneScaler scaler = PlaneScaler.For(plan, PlaneScaler.Widest);
        byte[] target = new byte[20 * 10];

        scaler.Scale(source.Memory, 40, target, 20);
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.Memory[..^1], 40, target, 20));
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.Memory, 39, target, 20));
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.Memory, 40, target.AsSpan(1), 20));
        Assert.Throws<ArgumentException>(() => scaler.Scale(source.Memory, 40, target, 19));
        Assert.Throws<NotSupportedException>(() => ScaleFilter.Named("nearest-1"));
    }

    /// <summary>A threshold adds up to a whole step to what the filter is off by.</summary>
    private static double Slack(int bits, int toBits) => bits == toBits ? 1 : 1.1;
}
