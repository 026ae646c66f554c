using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Planes;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Analysis;

/// <summary>How sharp edges are, whatever their contrast.</summary>
public sealed class EdgeSharpnessTests
{
    private const int Width = 240;
    private const int Height = 64;

    /// <summary>By hand: at each of the two samples of a step, the first and the second difference are its height.</summary>
    [Theory]
    [InlineData(8, 20)]
    [InlineData(8, 150)]
    [InlineData(10, 400)]
    public void Step_OfAnyHeight_IsOne(int bits, int height) =>
        Assert.Equal(1, Sharpness(bits, x => 40 + (x / 20 % 2 * height)));

    /// <summary>By the blurred edge's own slopes and bends, worked out from the Gaussian's integral: the wider, the softer.</summary>
    [Theory]
    [InlineData(0.5, 0.60, 0.78)]
    [InlineData(1, 0.30, 0.40)]
    [InlineData(1.5, 0.20, 0.28)]
    [InlineData(2.5, 0.10, 0.17)]
    public void Edge_ThatIsBlurred_IsSofter(double deviation, double least, double most) =>
        Assert.InRange(Sharpness(8, x => (int)Math.Round(40 + (160 * Sigmoid((x / 40 % 2 == 0 ? 1 : -1) * ((x % 40) - 19.5) / deviation)))) ?? 0, least, most);

    [Fact]
    public void Picture_WithoutEdges_HasNone() => Assert.Null(Sharpness(8, x => 60 + (x / 4)));

    private static double Sigmoid(double z) => 0.5 * (1 + Erf(z / Math.Sqrt(2)));

    /// <summary>Abramowitz and Stegun, 7.1.26: good to 1.5·10^-7.</summary>
    private static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double y = 1 - (((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-x * x));
        return Math.Sign(x) * y;
    }

    private static double? Sharpness(int bits, Func<int, int> sample)
    {
        TestPlane plane = TestPlane.Of(Width, Height, bits, 5, (x, _) => sample(x));
        return EdgeSharpness.Of(new(Width, Height, bits), new PlaneView(plane.Memory, plane.Pitch));
    }
}
