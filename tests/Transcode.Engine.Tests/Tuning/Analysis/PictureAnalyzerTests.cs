using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Analysis;

public sealed partial class PictureAnalyzerTests
{
    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    [Theory]
    [MemberData(nameof(Depths))]
    public void Analysis_AtEveryVectorWidthAndPitch_IsTheScalarOne(int bits)
    {
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            foreach (int noise in width < 1000 ? new[] { 0, 5, 255 } : [5])
            {
                string expected = Text(Analyzed(Pair(width, height, bits, noise, gap: 0), LaneWidth.None));
                foreach (LaneWidth lanes in KernelCases.Widths)
                {
                    Assert.Equal(expected, Text(Analyzed(Pair(width, height, bits, noise, gap: 7), lanes)));
                }
            }
        }
    }

    /// <summary>Spatial and temporal information, beside libavfilter's siti, which prints hundredths.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public async Task Information_BesideSiti_IsTheSame(int bits)
    {
        // Its temporal information begins with the third picture.
        TestPlane[] scenes = [.. Enumerable.Range(0, 4).Select(number => KernelCases.Scene(162, 91, bits, noise: 7, number))];
        byte[] chroma = [.. Enumerable.Repeat((byte)128, 2 * 81 * 46 * (bits > 8 ? 2 : 1))];
        string format = bits == 8 ? "yuv420p" : "yuv420p10le";
        byte[] printed = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {format} -s 162x91 -i pipe:0 -vf siti,metadata=print:file=- -f null -",
            [.. scenes.SelectMany(scene => scene.Packed().Concat(chroma))]);
        double[] theirs = [.. Printed().Matches(Encoding.ASCII.GetString(printed)).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(8, theirs.Length);
        for (int number = 2; number < 4; number++)
        {
            PictureAnalysis ours = Analyzed((scenes[number], scenes[number - 1]), PlaneScaler.Widest);
            Assert.Equal(theirs[2 * number], ours.SpatialInformation, 0.011);
            Assert.Equal(theirs[(2 * number) + 1], ours.TemporalInformation!.Value, 0.011);
        }
    }

    /// <summary>The transform beside the cosines it stands for: its factors are 90.5 times these, rounded or moved by up to 1.4, and it
    /// rounds twice; so a block's energy is within a fiftieth.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Energy_OfABlock_IsThatOfItsCosines(int bits)
    {
        TestPlane block = KernelCases.Scene(32, 32, bits, noise: 20);
        double expected = 0;
        for (int v = 0; v < 32; v++)
        {
            for (int u = 0; u < 32; u++)
            {
                double coefficient = 0;
                for (int i = 0; i < 1024; i++)
                {
                    (int x, int y) = (i % 32, i / 32);
                    coefficient += block[x, y] * Math.Cos((((2 * x) + 1) * u * Math.PI) / 64) * Math.Cos((((2 * y) + 1) * v * Math.PI) / 64);
                }

                coefficient *= (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) * 90.5 * 90.5 / (1 << (15 + bits - 8));
                double product = (u + 1.0) * (v + 1) / 1024;
                double weight = u + v == 0 ? 0 : u + v == 1 ? 27 : Math.Floor(255 * Math.Exp((product * product) - 1));
                expected += weight * Math.Abs(coefficient) / 256;
            }
        }

        PictureAnalysis analysis = Analyzed((block, null), PlaneScaler.Widest);

        // Each of 1,023 coefficients is cut off by half a unit on average.
        Assert.InRange(analysis.BlockEnergies.Single(), (expected * 0.98) - 800, (expected * 1.02) + 100);
        Assert.Equal(analysis.BlockEnergies.Single() / 90.0, analysis.Energy, 9);
        Assert.Equal(0, analysis.EnergyChange(analysis));
    }

    /// <summary>Normal noise of a known deviation over a picture with slopes and edges, still or moving: within a sixth. A clean
    /// one has that of its rounding to whole code values, √(1/12), which comes on top.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 2)]
    [InlineData(8, 5)]
    [InlineData(8, 9)]
    [InlineData(10, 1)]
    [InlineData(10, 6)]
    public void Noise_OfKnownDeviation_IsFound(int bits, double deviation)
    {
        foreach (bool moves in new[] { false, true })
        {
            double noise = Analyzed((Noisy(bits, deviation, 1, 0), Noisy(bits, deviation, 2, moves ? 40 : 0)), PlaneScaler.Widest).Noise;
            double whole = Math.Sqrt((deviation * deviation) + (1 / 12.0 / (1 << (2 * (bits - 8)))));
            Assert.InRange(noise, deviation * 5 / 6, whole * 7 / 6);
        }
    }

    /// <summary>What is textured everywhere, but still, shows its noise in time.</summary>
    [Fact]
    public void Noise_OfTextureThatIsStill_IsNotItsGrain()
    {
        TestPlane texture = TestPlane.Noise(160, 96, 8, 0);
        var random = new Random(1);
        TestPlane before = TestPlane.Of(160, 96, 8, 0, (x, y) => Math.Clamp(texture[x, y] + random.Next(-1, 2), 0, 255));
        Assert.InRange(Analyzed((texture, before), PlaneScaler.Widest).Noise, 0.2, 1);
        Assert.True(Analyzed((texture, null), PlaneScaler.Widest).Noise > 30);
    }

    /// <summary>Black bars show no noise, and are no measure of the picture between them.</summary>
    [Fact]
    public void Noise_BetweenBlackBars_IsThePictures()
    {
        TestPlane Barred(int seed)
        {
            TestPlane noisy = Noisy(8, 4, seed, 0);
            return TestPlane.Of(noisy.Width, noisy.Height, 8, 0, (x, y) => y is < 64 or >= 128 ? 16 : noisy[x, y]);
        }

        Assert.InRange(Analyzed((Barred(1), Barred(2)), PlaneScaler.Widest).Noise, 3.2, 4.7);
    }

    /// <summary>Counted by hand: bands of eight columns two code values of 8 bits apart meet in 19 places of 160 columns, and the flat parts
    /// have no gradient at all; one code value apart is as well as 8 bits can do, and a steeper slope has neither bands nor flat parts.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Banding_OfAShallowSlope_IsItsEdges(int bits)
    {
        PictureAnalysis bands = Analyzed((TestPlane.Of(160, 32, bits, 0, (x, _) => (50 + (2 * (x / 8))) << (bits - 8)), null), PlaneScaler.Widest);
        PictureAnalysis finest = Analyzed((TestPlane.Of(160, 32, bits, 0, (x, _) => (100 + (x / 8)) << (bits - 8)), null), PlaneScaler.Widest);
        PictureAnalysis slope = Analyzed((TestPlane.Of(160, 32, bits, 0, (x, _) => (20 + x) << (bits - 8)), null), PlaneScaler.Widest);
        Assert.Equal(19 * 32 * 1000.0 / (160 * 32), bands.Banding, 9);
        Assert.True(bands.Flatness > 0.7);
        Assert.Equal(0, finest.Banding);
        Assert.Equal((0.0, 0.0), (slope.Banding, slope.Flatness));
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Histogram_AndDifference_AreWhatIsThere(int bits)
    {
        (TestPlane picture, TestPlane? before) = Pair(61, 37, bits, 9, gap: 2);
        PictureAnalysis analysis = Analyzed((picture, before), PlaneScaler.Widest);
        int[] samples = picture.Samples(), others = before!.Samples();
        Assert.Equal(samples.Zip(others, (a, b) => Math.Abs(a - b)).Average() / (1 << (bits - 8)), analysis.Difference!.Value, 9);
        Assert.All(Enumerable.Range(0, 256), level => Assert.Equal(samples.Count(sample => sample >> (bits - 8) == level), analysis.Histogram[level]));
    }

    private static TestPlane Noisy(int bits, double deviation, int seed, int shift)
    {
        var random = new Random(seed);
        double unit = 1 << (bits - 8);
        return TestPlane.Of(320, 192, bits, 0, (x, y) =>
        {
            double clean = 90 + (60 * Math.Sin((x + shift) / 23.0) * Math.Cos(y / 31.0)) + ((((x + shift) / 80) + (y / 48)) % 2 * 30);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (int)Math.Clamp(Math.Round((clean + (normal * deviation)) * unit), 0, (256 * unit) - 1);
        });
    }

    private static (TestPlane Picture, TestPlane? Before) Pair(int width, int height, int bits, int noise, int gap) =>
        (KernelCases.Scene(width, height, bits, noise, number: 1, gap), KernelCases.Scene(width, height, bits, noise, number: 0, gap));

    private static PictureAnalysis Analyzed((TestPlane Picture, TestPlane? Before) pictures, LaneWidth lanes) =>
        new PictureAnalyzer(pictures.Picture.Shape(), lanes).Analyze(
            new(pictures.Picture.Memory, pictures.Picture.Pitch), pictures.Before is { } before ? new(before.Memory, before.Pitch) : default);

    internal static string Text(PictureAnalysis analysis) => JsonSerializer.Serialize(analysis);

    [GeneratedRegex(@"lavfi\.siti\.[st]i=([\d.]+)")]
    private static partial Regex Printed();
}
