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
    private static readonly int[] Strengths = [0, 40, 100];

    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_AtEveryVectorWidth_IsTheScalarOneToTheByte(int bits)
    {
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            TestPlane scene = KernelCases.Scene(width, height, bits, noise: 6, gap: 5);
            foreach (TestPlane source in new[] { scene, TestPlane.Noise(width, height, bits, gap: 5) })
            {
                foreach (int hundredths in width < 1000 ? Strengths : Strengths[1..2])
                {
                    byte[] expected = Sharpened(source, hundredths, LaneWidth.None).Packed();
                    foreach (LaneWidth lanes in KernelCases.Widths)
                    {
                        TestPlane made = Sharpened(source, hundredths, lanes);
                        Assert.True(expected.AsSpan().SequenceEqual(made.Packed()), $"{width}×{height}, {bits} bits, {hundredths}: {lanes}");
                        Assert.True(made.GapsAreUntouched(), $"{lanes} writes past a row of {width}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Plane_AtAnyPitch_IsTheSame(int bits)
    {
        foreach (LaneWidth lanes in KernelCases.Widths.Prepend(LaneWidth.None))
        {
            byte[] close = Sharpened(KernelCases.Scene(131, 19, bits, noise: 6, gap: 0), 40, lanes, gap: 0).Packed();
            byte[] apart = Sharpened(KernelCases.Scene(131, 19, bits, noise: 6, gap: 77), 40, lanes, gap: 31).Packed();
            Assert.Equal(close, apart);
        }
    }

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

    private static TestPlane Sharpened(TestPlane source, int hundredths, LaneWidth lanes, int gap = 3)
    {
        TestPlane target = TestPlane.Empty(source.Width, source.Height, source.Bits, gap);
        Sharpener.For(source.Shape(), hundredths, lanes).Sharpen(source.Memory, source.Pitch, target.Memory, target.Pitch);
        return target;
    }
}
