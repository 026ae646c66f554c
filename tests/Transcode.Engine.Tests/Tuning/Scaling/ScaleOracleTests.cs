using System.Collections.Concurrent;
using System.Globalization;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Scaling;

/// <summary>Beside others who do the same: zimg and libswscale, by the ffmpeg program.</summary>
public sealed class ScaleOracleTests
{
    private const int Width = 480;
    private const int Height = 270;

    private static readonly int[] Depths = [8, 10];

    private static readonly ConcurrentDictionary<int, Task<TestPlane>> Naturals = new();

    public static TheoryData<string, string, int, int, int> Zimg => new(
        from filter in new[]
        {
            (Name: "lanczos3-1", Arguments: "filter=lanczos"),
            (Name: "spline36-1", Arguments: "filter=spline36"),
            (Name: "mitchell-1", Arguments: "filter=bicubic:param_a=0.3333333:param_b=0.3333333"),
            (Name: "bicubic-1", Arguments: "filter=bicubic:param_a=0:param_b=0.6"),
        }
        from bits in Depths
        from size in new[] { (320, 180), (213, 120), (160, 90), (600, 333) }
        select (filter.Name, filter.Arguments, bits, size.Item1, size.Item2));

    /// <summary>zimg mirrors a picture at its edges where we go on with its last sample, so what a filter reaches there is not
    /// compared.</summary>
    [Theory]
    [MemberData(nameof(Zimg))]
    public async Task Plane_BesideZimg_IsOffByOneAtMost(string name, string arguments, int bits, int toWidth, int toHeight)
    {
        TestPlane source = await NaturalAsync(bits);
        int[] ours = source.Scaled(ScaleFilter.Named(name), toWidth, toHeight, bits, PlaneScaler.Widest).Samples();
        TestPlane theirs = await ScaledByFFmpegAsync(source, $"zscale=w={toWidth}:h={toHeight}:{arguments}", toWidth, toHeight);
        int margin = (int)(ScaleFilter.Named(name).Radius * Math.Max(1, (double)toWidth / Width)) + 2;
        for (int y = margin; y < toHeight - margin; y++)
        {
            for (int x = margin; x < toWidth - margin; x++)
            {
                Assert.InRange(ours[(y * toWidth) + x] - theirs[x, y], -1, 1);
            }
        }
    }

    /// <summary>The same filter, by what scaled before: libswscale leaves out its outermost weights (up to two thousandths of the
    /// sum) and keeps 15 bits between its passes, so it is off by some steps where edges are hard; on the whole by far less
    /// than encoding takes away. It is nearer to the formulas nowhere.</summary>
    [Theory]
    [InlineData(8, 320, 180)]
    [InlineData(8, 213, 120)]
    [InlineData(8, 160, 90)]
    [InlineData(10, 320, 180)]
    [InlineData(10, 160, 90)]
    public async Task Plane_BesideSwscale_IsTheSamePictureAndNearerToTheFormulas(int bits, int toWidth, int toHeight)
    {
        TestPlane source = await NaturalAsync(bits);
        int[] ours = source.Scaled(ScaleFilter.Bicubic, toWidth, toHeight, bits, PlaneScaler.Widest).Samples();
        int[] theirs = (await ScaledByFFmpegAsync(source, $"scale={toWidth}:{toHeight}:flags=bicubic", toWidth, toHeight)).Samples();
        double largest = (1 << bits) - 1;
        double[] exact = [.. source.Exactly(ScaleFilter.Bicubic, toWidth, toHeight).Select(value => Math.Clamp(value, 0, largest))];

        Assert.InRange(Psnr(ours.Select(value => (double)value), theirs, largest), 45, double.PositiveInfinity);
        Assert.True(Psnr(exact, ours, largest) >= Psnr(exact, theirs, largest));
    }

    public static double Psnr(IEnumerable<double> one, IEnumerable<int> other, double largest) =>
        10 * Math.Log10(largest * largest / one.Zip(other, (a, b) => (a - b) * (a - b)).Average());

    /// <summary>A picture with detail and hard edges, in the middle half of the range: zimg cuts overshoot off between its passes.
    /// Painted once a depth; nobody writes into it.</summary>
    private static Task<TestPlane> NaturalAsync(int bits) => Naturals.GetOrAdd(bits, PaintedAsync);

    private static async Task<TestPlane> PaintedAsync(int bits)
    {
        byte[] raw = await FFmpeg.RunAsync(string.Create(CultureInfo.InvariantCulture,
            $"-f lavfi -i mandelbrot=s={Width}x{Height}:start_scale=0.5 -f lavfi -i testsrc2=s={Width}x{Height} -filter_complex [0:v]format=gray[a];[1:v]format=gray[b];[a][b]blend=all_expr=64+0.5*if(lt(X\\,W/2)\\,A\\,B),format={Format(bits)} -frames:v 1 -f rawvideo pipe:1"));
        return Unpacked(raw, Width, Height, bits);
    }

    private static async Task<TestPlane> ScaledByFFmpegAsync(TestPlane source, string filter, int width, int height) => Unpacked(
        await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {Format(source.Bits)} -s {source.Width}x{source.Height} -i pipe:0 -vf {filter} -f rawvideo -pix_fmt {Format(source.Bits)} pipe:1",
            source.Packed()),
        width,
        height,
        source.Bits);

    private static TestPlane Unpacked(byte[] raw, int width, int height, int bits)
    {
        TestPlane plane = TestPlane.Empty(width, height, bits, gap: 0);
        raw.CopyTo(plane.Memory);
        return plane;
    }

    private static string Format(int bits) => bits == 8 ? "gray" : "gray10le";
}
