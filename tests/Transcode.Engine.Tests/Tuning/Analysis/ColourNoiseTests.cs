using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Analysis;

public sealed class ColourNoiseTests
{
    private const int Width = 160;
    private const int Height = 96;

    public static TheoryData<int> Depths => [.. KernelCases.Depths];

    /// <summary>Sizes are those of colour; brightness is twice that, or one less where a picture's are odd.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public void Noise_AtEveryVectorWidthAndPitch_IsTheScalarOne(int bits)
    {
        int found = 0;
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            foreach (int odd in new[] { 0, 1 })
            {
                double expected = Of(LaneWidth.None, gap: 0);
                found += expected > 0 ? 1 : 0;
                Assert.All(KernelCases.Widths, lanes => Assert.Equal(expected, Of(lanes, gap: 7)));

                double Of(LaneWidth lanes, int gap) => Found(
                    KernelCases.Scene((2 * width) - odd, (2 * height) - odd, bits, 5, 0, gap), KernelCases.Scene(width, height, bits, 5, 1, gap), KernelCases.Scene(width, height, bits, 5, 2, gap), lanes);
            }
        }

        Assert.True(found >= 6);
    }

    /// <summary>Normal noise of a known deviation over colours with slopes and edges, still or moving: within a sixth, or a fifth where it is smaller than a code value.
    /// A clean one has that of its rounding.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 1.2)]
    [InlineData(8, 2)]
    [InlineData(8, 5)]
    [InlineData(8, 9)]
    [InlineData(10, 0.7)]
    [InlineData(10, 1.8)]
    [InlineData(10, 6)]
    public void Noise_OfKnownDeviation_IsFound(int bits, double deviation)
    {
        foreach ((int width, int height, int shift) in new[] { (Width, Height, 0), (Width, Height, 40), (Width + 1, Height + 1, 40) })
        {
            double noise = Found(Grey(width, height, bits), Noisy(width, height, bits, deviation, 1, 0), Noisy(width, height, bits, deviation, 2, shift), PlaneScaler.Widest);
            double whole = Math.Sqrt((deviation * deviation) + (1 / 12.0 / (1 << (2 * (bits - 8)))));
            Assert.InRange(noise, deviation * 5 / 6, whole * 7 / 6);
        }
    }

    /// <summary>Of bands of the height of a block, two in three are left out: noise that is all over the picture is as large.</summary>
    [Fact]
    public void Noise_OfSomeBands_IsThatOfAll()
    {
        TestPlane now = Noisy(640, 360, 8, 1.8, 1, 0), before = Noisy(640, 360, 8, 1.8, 2, 0);
        Assert.InRange(Found(Grey(640, 360, 8), now, before, PlaneScaler.Widest, bands: 3) / Found(Grey(640, 360, 8), now, before, PlaneScaler.Widest), 0.95, 1.05);
    }

    /// <summary>Bars are grey and black, and no measure of the colours between them; a black picture says nothing.</summary>
    [Fact]
    public void Noise_BetweenBlackBars_IsThePictures()
    {
        TestPlane black = TestPlane.Of(2 * Width, 2 * Height, 8, 0, (_, _) => 16);
        TestPlane bars = TestPlane.Of(2 * Width, 2 * Height, 8, 0, (_, y) => y is < 64 or >= 128 ? 16 : 120);

        Assert.InRange(Found(bars, Barred(1), Barred(2), PlaneScaler.Widest), 3.2, 4.7);
        Assert.Equal(0, Found(Grey(Width, Height, 8), Barred(1), Barred(2), PlaneScaler.Widest));
        Assert.Equal(0, Found(black, Barred(1), Barred(2), PlaneScaler.Widest));

        static TestPlane Barred(int seed)
        {
            TestPlane noisy = Noisy(Width, Height, 8, 4, seed, 0);
            return TestPlane.Of(Width, Height, 8, 0, (x, y) => y is < 32 or >= 64 ? 128 : noisy[x, y]);
        }
    }

    /// <summary>What is textured everywhere, but still, shows its noise in time; and what moves, in space.</summary>
    [Fact]
    public void Texture_AndMotion_AreNoNoise()
    {
        TestPlane texture = TestPlane.Noise(Width, Height, 8, 0), other = TestPlane.Noise(Width, Height, 8, 0, number: 1);
        TestPlane slope = TestPlane.Of(Width, Height, 8, 0, (x, y) => 60 + (x / 2)), moved = TestPlane.Of(Width, Height, 8, 0, (x, y) => 70 + (x / 2));

        Assert.Equal(0, Found(Grey(Width, Height, 8), texture, texture, PlaneScaler.Widest));
        Assert.True(Found(Grey(Width, Height, 8), texture, other, PlaneScaler.Widest) > 30);
        Assert.InRange(Found(Grey(Width, Height, 8), slope, moved, PlaneScaler.Widest), 0, 0.6);
    }

    /// <summary>Of a brightness of 37 × 37, every second sample and row is looked at: a byte less, or a pitch shorter than a row, is not enough.</summary>
    [Theory]
    [InlineData((36 * 50) + 37, 50, true)]
    [InlineData((36 * 50) + 36, 50, false)]
    [InlineData(9000, 36, false)]
    public void Brightness_TooSmallForItsRows_IsRefused(int length, int pitch, bool fits)
    {
        byte[] brightness = new byte[length], colour = new byte[19 * 19];
        Exception? refused = Record.Exception(() => new ColourNoise(new(19, 19, 8), LaneWidth.One).Of(new(brightness, pitch), new(colour, 19), new(colour, 19)));
        Assert.Equal(fits, refused is null);
        Assert.True(fits || refused is ArgumentException);
    }

    private static double Found(TestPlane brightness, TestPlane picture, TestPlane before, LaneWidth lanes, int bands = int.MaxValue) => new ColourNoise(picture.Shape(), lanes, bands).Of(
        new(brightness.Memory, brightness.Pitch), new(picture.Memory, picture.Pitch), new(before.Memory, before.Pitch));

    private static TestPlane Grey(int width, int height, int bits) => TestPlane.Of(2 * width, 2 * height, bits, 0, (_, _) => 120 << (bits - 8));

    private static TestPlane Noisy(int width, int height, int bits, double deviation, int seed, int shift)
    {
        var random = new Random(seed);
        double unit = 1 << (bits - 8);
        return TestPlane.Of(width, height, bits, 0, (x, y) =>
        {
            double clean = 110 + (30 * Math.Sin((x + shift) / 43.0) * Math.Cos(y / 51.0)) + ((((x + shift) / 80) + (y / 48)) % 2 * 30);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (int)Math.Clamp(Math.Round((clean + (normal * deviation)) * unit), 0, (256 * unit) - 1);
        });
    }
}
