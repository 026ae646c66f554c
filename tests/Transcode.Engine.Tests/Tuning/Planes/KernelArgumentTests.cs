using Transcode.Engine.Quality;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Sharpening;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Planes;

/// <summary>What kernels refuse before they touch any memory.</summary>
public sealed class KernelArgumentTests
{
    private static readonly PlaneShape Shape = new(20, 4, 10);

    /// <summary>Three rows of a pitch and the last row's samples are enough; a byte less, or a pitch shorter than a row, is not.</summary>
    [Theory]
    [InlineData((3 * 48) + 40, 48, true)]
    [InlineData((3 * 48) + 39, 48, false)]
    [InlineData(4 * 40, 40, true)]
    [InlineData(1000, 39, false)]
    public void Plane_TooSmallForItsRows_IsRefused(int length, int pitch, bool fits)
    {
        byte[] enough = new byte[4 * 40], other = new byte[length];
        Action[] calls =
        [
            () => SpatialDenoiser.For(Shape, 50, LaneWidth.One).Denoise(other, pitch, enough, 40),
            () => SpatialDenoiser.For(Shape, 50, LaneWidth.One).Denoise(enough, 40, other, pitch),
            () => Debander.For(Shape, new(5, 3, true), LaneWidth.One).Deband(other, pitch, enough, 40),
            () => Debander.For(Shape, new(5, 3, true), LaneWidth.One).Deband(enough, 40, other, pitch),
            () => Sharpener.For(Shape, 30, LaneWidth.One).Sharpen(other, pitch, enough, 40),
            () => Sharpener.For(Shape, 30, LaneWidth.One).Sharpen(enough, 40, other, pitch),
            () => PlaneError.Squared(Shape, enough, 40, other, pitch, LaneWidth.One),
            () => new Ssim(Shape, LaneWidth.One).Of(other, pitch, enough, 40),
            () => new Xpsnr(Shape, false, LaneWidth.One).WeightedError(new(enough, 40), default, default, new(other, pitch)),
            () => new PictureAnalyzer(Shape, LaneWidth.One).Analyze(new(enough, 40), new(other, pitch)),
            () => new ColourNoise(Shape, LaneWidth.One).Of(new(new byte[7 * 80], 80), new(enough, 40), new(other, pitch)),
            () => new ColourNoise(Shape, LaneWidth.One).Of(new(new byte[7 * 80], 80), new(other, pitch), new(enough, 40)),
        ];
        Assert.All(calls, call => Assert.Equal(fits, Record.Exception(call) is not ArgumentException));
    }

    [Fact]
    public void Setting_OutOfItsRange_IsRefused()
    {
        Action[] calls =
        [
            () => SpatialDenoiser.For(Shape, PatchWeights.Weakest - 1, LaneWidth.One),
            () => SpatialDenoiser.For(Shape, PatchWeights.Strongest + 1, LaneWidth.One),
            () => TemporalDenoiser.For(Shape, new(-1, 5), LaneWidth.One),
            () => TemporalDenoiser.For(Shape, new(5, 65535), LaneWidth.One),
            () => Debander.For(Shape, new(0, 3, true), LaneWidth.One),
            () => Debander.For(Shape, new(5, DebandOptions.LargestReach + 1, true), LaneWidth.One),
            () => Sharpener.For(Shape, Sharpener.Strongest + 1, LaneWidth.One),
            () => Sharpener.For(Shape, -1, LaneWidth.One),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentOutOfRangeException>(call));
    }
}
