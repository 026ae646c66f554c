using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Deinterlacing;

/// <summary>Every way of computing gives the bytes that the arithmetic says.</summary>
public sealed class BobWeaverTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 2), (3, 5), (7, 4), (8, 3), (17, 33), (33, 9), (64, 6), (1919, 1079)];

    private static readonly int[] Depths = [8, 10];

    private static readonly bool[] Either = [false, true];

    public static TheoryData<int, bool, bool, bool> Fields => new(
        from bits in Depths
        from bottom in Either
        from second in Either
        from alone in Either
        select (bits, bottom, second, alone));

    [Theory]
    [MemberData(nameof(Fields))]
    public void Plane_AtEveryVectorWidthAndPitch_IsTheScalarOneToTheByte(int bits, bool bottom, bool second, bool alone)
    {
        var field = new FieldChoice(bottom, second, alone);
        foreach ((int width, int height) in Sizes)
        {
            byte[] expected = Woven(Pictures(width, height, bits, gap: 0), LaneWidth.None, field, gap: 0).Packed();
            TestPlane[] apart = Pictures(width, height, bits, gap: 5);
            foreach (LaneWidth lanes in PlaneScaler.Widths)
            {
                TestPlane woven = Woven(apart, lanes, field, gap: 3);
                Assert.True(expected.AsSpan().SequenceEqual(woven.Packed()), $"{bits} bits, {width}×{height}, {field}: {lanes}");
                Assert.True(woven.GapsAreUntouched(), $"{lanes} writes past a row of {width}");
            }
        }
    }

    /// <summary>Pictures that do not move are put together from both fields as they were, but at the ends of time, where there is
    /// one field alone.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void Plane_ThatStandsStill_KeepsEveryRow(int bits)
    {
        TestPlane still = TestPlane.Noise(40, 31, bits, gap: 0);
        foreach (bool second in Either)
        {
            TestPlane woven = Woven([still, still, still], PlaneScaler.Widest, new(Bottom: second, second, Alone: false), gap: 0);
            Assert.Equal(still.Packed(), woven.Packed());
        }
    }

    [Fact]
    public void Plane_TooSmallForItsRows_IsRefused()
    {
        byte[] enough = new byte[20 * 10];
        byte[] target = new byte[20 * 10];
        BobWeaver weaver = BobWeaver.For(8, PlaneScaler.Widest);

        Weave(enough, target, 20, 20);
        Assert.Throws<ArgumentException>(() => Weave(enough[..^1], target, 20, 20));
        Assert.Throws<ArgumentException>(() => Weave(enough, target, 19, 20));
        Assert.Throws<ArgumentException>(() => Weave(enough, target[..^1], 20, 20));
        Assert.Throws<ArgumentException>(() => Weave(enough, target, 20, 19));

        void Weave(byte[] source, byte[] to, int pitch, int targetPitch) => weaver.Weave(
            new(source, pitch), new(source, pitch), new(source, pitch), to, targetPitch, 20, 10, new(Bottom: false, Second: false, Alone: false));
    }

    /// <summary>Noise that changes in some places only, by little in others.</summary>
    private static TestPlane[] Pictures(int width, int height, int bits, int gap)
    {
        TestPlane first = TestPlane.Noise(width, height, bits, gap);
        var random = new Random(width + height);
        return [first, Changed(first), Changed(first)];

        TestPlane Changed(TestPlane plane) => TestPlane.Of(width, height, bits, gap, (x, y) => random.Next(4) switch
        {
            0 => random.Next(1 << bits),
            1 => Math.Clamp(plane[x, y] + random.Next(-3, 4), 0, (1 << bits) - 1),
            _ => plane[x, y],
        });
    }

    internal static TestPlane Woven(TestPlane[] pictures, LaneWidth lanes, FieldChoice field, int gap)
    {
        TestPlane current = pictures[1];
        TestPlane target = TestPlane.Empty(current.Width, current.Height, current.Bits, gap);
        BobWeaver.For(current.Bits, lanes).Weave(
            Rows(pictures[0]), Rows(current), Rows(pictures[2]), target.Memory, target.Pitch, current.Width, current.Height, field);
        return target;
    }

    private static PlaneView Rows(TestPlane plane) => new(plane.Memory, plane.Pitch);
}
