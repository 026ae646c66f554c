using System.Globalization;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Deband;

public sealed class DebanderTests
{
    /// <summary>The usual ones first.</summary>
    internal static readonly DebandOptions[] Options =
        [new(5, DebandOptions.UsualReach, true), new(1, 1, true), new(5, DebandOptions.UsualReach, false), new(255, 64, true)];

    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    /// <summary>Before the dither is added, what libavfilter's deband makes: 16 samples away at 45° is 11 across and 11 down.</summary>
    [Theory]
    [InlineData(8, 0.02)]
    [InlineData(8, 0.1)]
    [InlineData(10, 0.02)]
    public async Task Plane_WithoutDither_IsWhatDebandMakes(int bits, double threshold)
    {
        TestPlane source = KernelCases.Scene(160, 90, bits, noise: 2);
        string filter = string.Create(CultureInfo.InvariantCulture, $"deband=range=-16:direction=-0.785398:1thr={threshold}");
        byte[] theirs = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {KernelCases.Format(bits)} -s 160x90 -i pipe:0 -vf {filter} -f rawvideo pipe:1", source.Packed());
        var options = new DebandOptions((int)((float)threshold * ((1 << bits) - 1)), DebandOptions.UsualReach, Dither: false);
        Assert.Equal(theirs, Debanded(source, options, PlaneScaler.Widest).Packed());
        Assert.NotEqual(source.Packed(), theirs);
    }

    /// <summary>A slope of one code value in eight columns: its bands become patterns whose mean lies on the slope.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_OfAShallowSlope_IsDitheredAroundIt(int bits)
    {
        TestPlane bands = TestPlane.Of(256, 64, bits, 0, (x, _) => 40 + (x / 8));
        TestPlane made = Debanded(bands, Options[0], PlaneScaler.Widest);
        double before = 0, after = 0;
        for (int x = 32; x < 224; x += 2)
        {
            double slope = 40 + ((x + 1 - 4) / 8.0);
            double mean = 0;
            for (int i = 0; i < 4; i++)
            {
                mean += made[x + (i % 2), 32 + (i / 2)] / 4.0;
            }

            before += Math.Abs(bands[x, 32] - slope);
            after += Math.Abs(mean - slope);
        }

        Assert.True(after < before * 0.75, $"The means are {after / 96:F3} off, the bands were {before / 96:F3}.");
    }

    internal static TestPlane Debanded(TestPlane source, DebandOptions options, LaneWidth lanes, int gap = 3)
    {
        TestPlane target = TestPlane.Empty(source.Width, source.Height, source.Bits, gap);
        Debander.For(source.Shape(), options, lanes).Deband(source.Memory, source.Pitch, target.Memory, target.Pitch);
        return target;
    }
}
