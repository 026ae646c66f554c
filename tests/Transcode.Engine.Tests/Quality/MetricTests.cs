using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Transcode.Engine.Quality;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Quality;

/// <summary>Errors and similarity: the same by every width, and what libavfilter says.</summary>
public sealed partial class MetricTests
{
    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    [Theory]
    [MemberData(nameof(Depths))]
    public void Metrics_AtEveryVectorWidthAndPitch_AreTheScalarOnes(int bits)
    {
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            (TestPlane a, TestPlane b) = Pair(width, height, bits, gap: 7);
            (TestPlane closeA, TestPlane closeB) = Pair(width, height, bits, gap: 0);
            long error = Error(closeA, closeB, LaneWidth.None);
            double? similarity = Similarity(closeA, closeB, LaneWidth.None);
            Assert.Equal(closeA.Samples().Zip(closeB.Samples(), (p, q) => (long)(p - q) * (p - q)).Sum(), error);
            Assert.Equal(width < 8 || height < 8, similarity is null);
            foreach (LaneWidth lanes in KernelCases.Widths.Prepend(LaneWidth.None))
            {
                Assert.Equal(error, Error(a, b, lanes));
                Assert.Equal(similarity, Similarity(a, b, lanes));
            }
        }
    }

    /// <summary>Samples that are as far apart as can be, in rows as long as there are: nothing overflows.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Error_OfBlackAndWhite_IsAllOfIt(int bits)
    {
        const int Width = 65536;
        long largest = (1 << bits) - 1;
        TestPlane black = TestPlane.Of(Width, 1, bits, 0, (_, _) => 0), white = TestPlane.Of(Width, 1, bits, 0, (_, _) => (int)largest);
        Assert.All(KernelCases.Widths, lanes => Assert.Equal(largest * largest * Width, Error(black, white, lanes)));
        Assert.Equal(0, PlaneError.Psnr(largest * largest * Width, Width, bits), 12);
        Assert.Equal(double.PositiveInfinity, PlaneError.Psnr(0, Width, bits));
    }

    [Theory]
    [InlineData(8, 160, 90)]
    [InlineData(8, 163, 91)]
    [InlineData(10, 160, 90)]
    [InlineData(10, 61, 30)]
    public async Task Metrics_BesideFFmpeg_AreTheSame(int bits, int width, int height)
    {
        (TestPlane a, TestPlane b) = Pair(width, height, bits, gap: 0);
        string input = $"-f rawvideo -pix_fmt {KernelCases.Format(bits)} -s {width}x{height}";
        byte[] printed = await FFmpeg.WithFileAsync(b.Packed(), path => FFmpeg.RunAsync(
            $"{input} -i pipe:0 {input} -i {path} -lavfi [0:v]split[a][b];[1:v]split[c][d];[a][c]psnr,metadata=print:file=-[e];[b][d]ssim,metadata=print:file=-[f] -map [e] -f null - -map [f] -f null -",
            a.Packed()));
        Dictionary<string, double> theirs = Printed().Matches(Encoding.ASCII.GetString(printed))
            .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

        double mean = (double)Error(a, b, PlaneScaler.Widest) / (width * height);
        Assert.Equal(theirs["psnr.mse_avg"], mean, 0.005);
        Assert.Equal(theirs["psnr.psnr_avg"], PlaneError.Psnr(mean * width * height, (long)width * height, bits), 0.005);
        Assert.Equal(theirs["ssim.All"], Similarity(a, b, PlaneScaler.Widest)!.Value, 0.00001);
    }

    [Fact]
    public void Ssim_OfTheSame_IsOne()
    {
        TestPlane plane = KernelCases.Scene(64, 48, 8, noise: 5);
        Assert.Equal(1, Similarity(plane, plane, PlaneScaler.Widest));
    }

    private static (TestPlane A, TestPlane B) Pair(int width, int height, int bits, int gap) =>
        (KernelCases.Scene(width, height, bits, noise: 2, number: 0, gap), KernelCases.Scene(width, height, bits, noise: 9, number: 1, gap));

    private static long Error(TestPlane a, TestPlane b, LaneWidth lanes) =>
        PlaneError.Squared(a.Shape(), a.Memory, a.Pitch, b.Memory, b.Pitch, lanes);

    private static double? Similarity(TestPlane a, TestPlane b, LaneWidth lanes) =>
        new Ssim(a.Shape(), lanes).Of(a.Memory, a.Pitch, b.Memory, b.Pitch);

    [GeneratedRegex(@"lavfi\.([\w.]+)=([-\d.]+)")]
    private static partial Regex Printed();
}
