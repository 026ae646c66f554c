using Transcode.Engine.Tests.Tuning.Deband;
using Transcode.Engine.Tests.Tuning.Denoise;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tests.Tuning.Sharpening;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Planes;

/// <summary>A kernel that makes a plane of planes of the same shape, as tests of all such run it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Pictures">As many planes it is given, one picture's after the other's.</param>
/// <param name="Noise">Of these, as <see cref="KernelCases.Scene"/> has it.</param>
/// <param name="Settings">The first is a usual one.</param>
internal sealed record PlaneKernel(string Name, int Pictures, int Noise, IReadOnlyList<PlaneKernel.Setting> Settings)
{
    public static IReadOnlyList<PlaneKernel> All { get; } =
    [
        new("deband", 1, 3, [.. DebanderTests.Options.Select(options => new Setting(
            $"{options}", (pictures, lanes, gap) => DebanderTests.Debanded(pictures[0], options, lanes, gap)))]),
        new("sharpen", 1, 6, [.. SharpenerTests.Strengths.Select(hundredths => new Setting(
            $"{hundredths}", (pictures, lanes, gap) => SharpenerTests.Sharpened(pictures[0], hundredths, lanes, gap)))]),
        new("denoise in space", 1, 12, [.. SpatialDenoiserTests.Strengths.Select(tenths => new Setting(
            $"{tenths}", (pictures, lanes, gap) => SpatialDenoiserTests.Denoised(pictures[0], tenths, lanes, gap)))]),
        new("denoise in time", 9, 9,
        [
            .. from around in new (int Before, int After)[] { (4, 4), (0, 0), (0, 3), (2, 1) }
            from thresholds in TemporalDenoiserTests.Thresholds
            select new Setting(
                $"{thresholds}, {around.Before} and {around.After}",
                (pictures, lanes, gap) => TemporalDenoiserTests.Denoised(pictures, 4, around.Before, around.After, thresholds, lanes, gap)),
        ]),
    ];

    /// <summary>Planes to run it on.</summary>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">8 or 10.</param>
    /// <param name="gap">Samples between the end of a row and the next.</param>
    public TestPlane[] Scenes(int width, int height, int bits, int gap) => KernelCases.Scenes(width, height, bits, Pictures, Noise, gap);

    /// <summary>One way of running it.</summary>
    /// <param name="Name">For people.</param>
    /// <param name="Run">Of the planes, how to compute and the target's gap, in samples, the target.</param>
    internal sealed record Setting(string Name, Func<TestPlane[], LaneWidth, int, TestPlane> Run);
}
