using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Plans;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Plans;

/// <summary>Where shots begin.</summary>
public sealed class ShotWatchTests
{
    private const int Width = 160;
    private const int Height = 90;

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void Picture_OfAnotherScene_BeginsAShot(int bits) =>
        Assert.Equal([false, false, true, false, true], Cuts(bits, [50, 52, 120, 121, 60]));

    /// <summary>A fade changes all of it as well, but no more than it did before.</summary>
    [Fact]
    public void Fade_IsNoCut() => Assert.DoesNotContain(true, Cuts(8, [20, 45, 70, 95, 120, 145]).Skip(2));

    [Fact]
    public void SmallChange_AfterNone_IsNoCut() => Assert.DoesNotContain(true, Cuts(8, [50, 50, 69, 50]));

    /// <summary>As large as pictures come and as small.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    public void Picture_OfAnySize_IsLookedAt(int width, int height)
    {
        var watch = new ShotWatch(new PlaneShape(width, height, 8));
        byte[] dark = new byte[width * height];
        byte[] light = [.. dark.Select(_ => (byte)200)];

        Assert.False(watch.IsCut(new(dark, width)));
        Assert.True(watch.IsCut(new(light, width)));
    }

    private static bool[] Cuts(int bits, int[] levels)
    {
        var watch = new ShotWatch(new PlaneShape(Width, Height, bits));
        return [.. levels.Select(level =>
        {
            TestPlane plane = TestPlane.Of(Width, Height, bits, 5, (x, _) => (level + (x % 3)) << (bits - 8));
            return watch.IsCut(new(plane.Memory, plane.Pitch));
        })];
    }
}
