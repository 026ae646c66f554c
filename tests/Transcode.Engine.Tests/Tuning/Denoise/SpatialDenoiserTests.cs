using System.Globalization;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Denoise;

public sealed class SpatialDenoiserTests
{
    /// <summary>In tenths, a usual one first.</summary>
    internal static readonly int[] Strengths = [50, 10, 120, 300];

    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    /// <summary>Nothing overflows: samples that are as far apart as can be, and noise without a picture.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_OfExtremes_IsTheScalarOneToTheByte(int bits)
    {
        int largest = (1 << bits) - 1;
        TestPlane[] sources =
        [
            TestPlane.Noise(150, 31, bits, 0),
            TestPlane.Of(150, 31, bits, 0, (x, y) => ((x / 2) + (y / 3)) % 2 == 0 ? 0 : largest),
            TestPlane.Of(150, 31, bits, 0, (x, y) => largest - ((x + y) % 2)),
        ];
        foreach (TestPlane source in sources)
        {
            foreach (int tenths in Strengths)
            {
                byte[] expected = Denoised(source, tenths, LaneWidth.None).Packed();
                Assert.All(KernelCases.Widths, lanes => Assert.Equal(expected, Denoised(source, tenths, lanes).Packed()));
            }
        }
    }

    /// <summary>The weight of every distance beside the exponential function: the quadratic is off by 0.4% at most and rounding
    /// by two steps of 2^-15; nothing is left where less than 1/256 would be.</summary>
    [Fact]
    public void Weight_OfADistance_IsTheExponential()
    {
        for (int distance = 0; distance < PatchWeights.TooFar; distance++)
        {
            double exact = Math.Exp(-distance / 65536.0 * Math.Log(256));
            Assert.InRange(PatchWeights.Weight(distance) / 32768.0, (exact * 0.996) - (2.0 / 32768), (exact * 1.004) + (2.0 / 32768));
        }

        Assert.Equal(0, PatchWeights.Weight(PatchWeights.TooFar));
    }

    /// <summary>Beside d²/h², a distance loses less than a unit, and its scale is within a sixtieth of the exact one.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Distance_OfADifference_IsItsScaledSquare(int bits)
    {
        for (int tenths = PatchWeights.Weakest; tenths <= PatchWeights.Strongest; tenths++)
        {
            var weights = new PatchWeights(tenths, bits);
            double h = tenths * (1 << (bits - 8));
            for (int difference = 0; difference <= weights.Furthest; difference++)
            {
                double exact = difference * (double)difference / (h * h) * 65536 / Math.Log(256);
                Assert.InRange(weights.Distance(difference), (exact * (59.0 / 60)) - 1, exact * (61.0 / 60));
            }

            // What is too far by itself would count for less than a fiftieth even if all else of its patch were the same.
            double further = weights.Furthest + 1;
            Assert.InRange(further, 0, (1 << bits));
            Assert.True(further > (1 << bits) - 1 || Math.Exp(-further * further / (h * h)) < 0.02);
        }
    }

    /// <summary>libavfilter's nlmeans sums the same weights of the same patches in floating point, and rounds to the nearest as
    /// ours does. Weights within 1% of its own, and products rounded to a sixteenth, move a mean over at most 24 neighbours by
    /// less than a step: so a sample is off by one at most, and seldom.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(90)]
    public async Task Plane_BesideNlmeans_IsOffByOneAtMost(int tenths)
    {
        TestPlane source = KernelCases.Scene(320, 180, 8, noise: (tenths / 12) + 1);
        string filter = string.Create(CultureInfo.InvariantCulture, $"nlmeans=s={tenths / 10.0}:p=5:r=5");
        byte[] theirs = await FFmpeg.RunAsync($"-f rawvideo -pix_fmt gray -s 320x180 -i pipe:0 -vf {filter} -f rawvideo -pix_fmt gray pipe:1", source.Packed());
        byte[] ours = Denoised(source, tenths, PlaneScaler.Widest).Packed();
        int[] differences = [.. ours.Zip(theirs, (a, b) => Math.Abs(a - b))];

        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Average(), 0, 0.05);
        Assert.True(ours.Zip(source.Packed(), (a, b) => Math.Abs(a - b)).Average() > 0.2, "Something was denoised.");
    }

    /// <summary>Ten bits are the same arithmetic with finer steps.</summary>
    [Fact]
    public void Plane_OfTenBits_IsThatOfEightWidened()
    {
        TestPlane eight = KernelCases.Scene(320, 180, 8, noise: 10);
        TestPlane ten = TestPlane.Of(320, 180, 10, 0, (x, y) => eight[x, y] * 4);
        int[] fromEight = Denoised(eight, 50, PlaneScaler.Widest).Samples();
        int[] fromTen = Denoised(ten, 50, PlaneScaler.Widest).Samples();
        Assert.All(fromTen.Zip(fromEight), pair => Assert.InRange(pair.First - (4 * pair.Second), -4, 4));
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_ThatIsFlat_StaysSo(int bits)
    {
        foreach (int level in new[] { 0, 1, (1 << bits) - 1 })
        {
            TestPlane flat = TestPlane.Of(140, 9, bits, 0, (_, _) => level);
            Assert.All(Denoised(flat, 300, PlaneScaler.Widest).Samples(), sample => Assert.Equal(level, sample));
        }
    }

    internal static TestPlane Denoised(TestPlane source, int tenths, LaneWidth lanes, int gap = 3)
    {
        TestPlane target = TestPlane.Empty(source.Width, source.Height, source.Bits, gap);
        SpatialDenoiser.For(source.Shape(), tenths, lanes).Denoise(source.Memory, source.Pitch, target.Memory, target.Pitch);
        return target;
    }
}
