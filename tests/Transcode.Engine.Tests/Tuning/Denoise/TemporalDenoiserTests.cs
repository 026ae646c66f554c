using System.Globalization;
using System.Runtime.InteropServices;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Denoise;

public sealed class TemporalDenoiserTests
{
    /// <summary>Usual ones first. Sums of 63 are the largest that are made of bytes.</summary>
    internal static readonly TemporalThresholds[] Thresholds = [new(12, 25), new(0, 0), new(5, 10), new(70, 63), new(40, 300), new(1023, 5000)];

    /// <summary>Exactly what ffmpeg's filter makes by its serial variant, where it has a full window.</summary>
    [Theory]
    [InlineData(8, 0.02, 0.04)]
    [InlineData(8, 0.05, 0.12)]
    [InlineData(8, 0.3, 0.25)]
    [InlineData(8, 0.3, 5)]
    [InlineData(10, 0.02, 0.04)]
    [InlineData(10, 0.06, 0.2)]
    public async Task Plane_BesideFFmpegsSerialVariant_IsTheSame(int bits, double one, double all) =>
        Assert.Equal(0, await LargestDifferenceAsync(bits, one, all, "s"));

    /// <summary>What ffmpeg has for the default stops on both sides as soon as one is too far, so it averages less.</summary>
    [Fact]
    public async Task Plane_BesideFFmpegsParallelVariant_IsAnotherRule()
    {
        int difference = await LargestDifferenceAsync(8, 0.05, 0.12, "p");
        Assert.InRange(difference, 1, 12);
    }

    [Fact]
    public void Denoiser_OfTooManyPictures_Refuses() =>
        Assert.Throws<ArgumentException>(() => Denoised(KernelCases.Scenes(8, 8, 8, 12, noise: 1, gap: 0), 5, 5, 4, Thresholds[2], LaneWidth.None));

    private static async Task<int> LargestDifferenceAsync(int bits, double one, double all, string variant)
    {
        TestPlane[] pictures = KernelCases.Scenes(160, 90, bits, 11, noise: 6, gap: 0);
        string filter = string.Create(CultureInfo.InvariantCulture, $"atadenoise=0a={one}:0b={all}:s=9:a={variant}");
        byte[] theirs = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {KernelCases.Format(bits)} -s 160x90 -i pipe:0 -vf {filter} -f rawvideo pipe:1", KernelCases.Raw(pictures));
        var thresholds = new TemporalThresholds((int)((float)one * (1 << bits)) - 1, (int)((float)all * (1 << bits)) - 1);
        int largest = 0;
        for (int number = 4; number < 7; number++)
        {
            TestPlane ours = Denoised(pictures, number, 4, 4, thresholds, PlaneScaler.Widest);
            TestPlane expected = TestPlane.Empty(160, 90, bits, 0);
            theirs.AsSpan(number * expected.Memory.Length, expected.Memory.Length).CopyTo(expected.Memory);
            largest = Math.Max(largest, ours.Samples().Zip(expected.Samples(), (a, b) => Math.Abs(a - b)).Max());
        }

        return largest;
    }

    internal static unsafe TestPlane Denoised(
        TestPlane[] pictures, int number, int before, int after, TemporalThresholds thresholds, LaneWidth lanes, int gap = 3)
    {
        TestPlane centre = pictures[number];
        TestPlane target = TestPlane.Empty(centre.Width, centre.Height, centre.Bits, gap);
        GCHandle[] held = [.. pictures.Select(picture => GCHandle.Alloc(picture.Array, GCHandleType.Pinned))];
        try
        {
            PlanePointer[] planes = new PlanePointer[pictures.Length];
            for (int i = 0; i < planes.Length; i++)
            {
                planes[i] = new((byte*)held[i].AddrOfPinnedObject(), pictures[i].Pitch);
            }

            PlanePointer[] earlier = [.. planes[(number - before)..number].Reverse()];
            TemporalDenoiser.For(centre.Shape(), thresholds, lanes).Denoise(
                planes[number], earlier, planes.AsSpan(number + 1, after), target.Memory, target.Pitch);
            return target;
        }
        finally
        {
            Array.ForEach(held, handle => handle.Free());
        }
    }
}
