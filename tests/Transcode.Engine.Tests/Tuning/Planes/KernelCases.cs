using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tests.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Planes;

/// <summary>What tests of kernels over planes have in common.</summary>
internal static class KernelCases
{
    /// <summary>One sample, shorter than a vector, odd, more than a vector by one, around and beyond the strips that some kernels
    /// work in, large and odd.</summary>
    public static readonly (int Width, int Height)[] Sizes =
        [(1, 1), (3, 5), (17, 33), (33, 7), (65, 19), (118, 9), (119, 9), (250, 40), (1919, 1079)];

    public static readonly int[] Depths = [8, 10];

    /// <summary>Every way of this machine's but the reference.</summary>
    public static IEnumerable<LaneWidth> Widths => PlaneScaler.Widths.Where(width => width > LaneWidth.None);

    public static PlaneShape Shape(this TestPlane plane) => new(plane.Width, plane.Height, plane.Bits);

    /// <summary>A picture with slopes, edges and noise, in the whole range; another with each number.</summary>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">8 or 10.</param>
    /// <param name="noise">The most it adds or takes, in code values of 8 bits.</param>
    /// <param name="number">Of the picture in a row of such: the noise is another, what is below it moves slowly.</param>
    /// <param name="gap">Samples between the end of a row and the next.</param>
    public static TestPlane Scene(int width, int height, int bits, int noise, int number = 0, int gap = 0)
    {
        var random = new Random((number * 7919) + (width * 31) + height + 1);
        int scale = 1 << (bits - 8);
        return TestPlane.Of(width, height, bits, gap, (x, y) =>
        {
            int slope = ((x * 3) + (y * 2) + number) / 2 % 360;
            int clean = slope < 180 ? slope + 30 : 390 - slope;
            int sample = ((x / 24) + (y / 16)) % 5 == 0 ? 235 - (clean / 2) : clean;
            return Math.Clamp((sample * scale) + random.Next(-noise * scale, (noise * scale) + 1), 0, (256 * scale) - 1);
        });
    }

    /// <summary>Pictures in a row of such.</summary>
    public static TestPlane[] Scenes(int width, int height, int bits, int count, int noise, int gap) =>
        [.. Enumerable.Range(0, count).Select(number => Scene(width, height, bits, noise, number, gap))];

    /// <summary>The samples of planes one after the other, as rawvideo has them.</summary>
    public static byte[] Raw(IEnumerable<TestPlane> planes) => [.. planes.SelectMany(plane => plane.Packed())];

    public static string Format(int bits) => bits == 8 ? "gray" : "gray10le";
}
