using System.Globalization;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Sharpening;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Sharpening;

public sealed class SharpenerTests
{
    /// <summary>In hundredths, a usual one first.</summary>
    internal static readonly int[] Strengths = [40, 0, 100];

    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    /// <summary>libavfilter's cas has the same formula in single precision and cuts off what we round: so ours is the same or one
    /// more.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 40)]
    [InlineData(8, 90)]
    [InlineData(10, 40)]
    public async Task Plane_BesideCas_IsOffByOneAtMost(int bits, int hundredths)
    {
        TestPlane source = KernelCases.Scene(160, 90, bits, noise: 6);
        string filter = string.Create(CultureInfo.InvariantCulture, $"cas=strength={hundredths / 100.0}");
        byte[] raw = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt {KernelCases.Format(bits)} -s 160x90 -i pipe:0 -vf {filter} -f rawvideo pipe:1", source.Packed());
        TestPlane theirs = TestPlane.Empty(160, 90, bits, 0);
        raw.CopyTo(theirs.Memory);
        int[] differences = [.. Sharpened(source, hundredths, PlaneScaler.Widest).Samples().Zip(theirs.Samples(), (a, b) => a - b)];
        Assert.InRange(differences.Min(), 0, 1);
        Assert.InRange(differences.Max(), 0, 1);
        Assert.InRange(differences.Average(), 0.2, 0.6);
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_ThatIsFlat_StaysSo(int bits)
    {
        foreach (int level in new[] { 0, 1, 16, 77, 128, 200, (1 << bits) - 1 })
        {
            TestPlane flat = TestPlane.Of(70, 9, bits, 0, (_, _) => level);
            Assert.All(Strengths[..2], hundredths => Assert.Equal(flat.Packed(), Sharpened(flat, hundredths, PlaneScaler.Widest).Packed()));
        }
    }

    internal static TestPlane Sharpened(TestPlane source, int hundredths, LaneWidth lanes, int gap = 3)
    {
        TestPlane target = TestPlane.Empty(source.Width, source.Height, source.Bits, gap);
        Sharpener.For(source.Shape(), hundredths, lanes).Sharpen(source.Memory, source.Pitch, target.Memory, target.Pitch);
        return target;
    }
}
