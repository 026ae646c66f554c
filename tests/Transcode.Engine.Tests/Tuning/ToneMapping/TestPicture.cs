using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>Three planes of 4:2:0.</summary>
internal sealed record TestPicture(TestPlane Luma, TestPlane Cb, TestPlane Cr)
{
    /// <summary>Of ten-bit code values, by plane and place.</summary>
    public static TestPicture Of(int width, int height, int gap, Func<int, int, int, int> sample) => new(
        TestPlane.Of(width, height, 10, gap, (x, y) => sample(0, x, y)),
        TestPlane.Of((width + 1) / 2, (height + 1) / 2, 10, gap, (x, y) => sample(1, x, y)),
        TestPlane.Of((width + 1) / 2, (height + 1) / 2, 10, gap, (x, y) => sample(2, x, y)));

    /// <summary>Noise that is the same each time: half of the samples anything, half dark and nearly grey.</summary>
    public static TestPicture Noise(int width, int height, int gap)
    {
        var random = new Random((width * 7919) + height);
        return Of(width, height, gap, (plane, _, _) => random.Next(2) == 0 ? random.Next(1024) : plane == 0 ? random.Next(64, 200) : random.Next(500, 525));
    }

    public TestPicture Mapped(ToneMapPlan plan, LaneWidth lanes, int gap = 3)
    {
        TestPlane luma = TestPlane.Empty(Luma.Width, Luma.Height, plan.TargetBits, gap);
        TestPlane cb = TestPlane.Empty(Cb.Width, Cb.Height, plan.TargetBits, gap);
        TestPlane cr = TestPlane.Empty(Cb.Width, Cb.Height, plan.TargetBits, gap);
        ToneMapper.For(plan, Luma.Width, lanes).Map(Planes(), new(luma.Memory, luma.Pitch), new(cb.Memory, cb.Pitch), new(cr.Memory, cr.Pitch));
        return new(luma, cb, cr);
    }

    public HdrPicture Planes() => new(Rows(Luma), Rows(Cb), Rows(Cr), Luma.Width, Luma.Height);

    public byte[] Packed() => [.. Luma.Packed(), .. Cb.Packed(), .. Cr.Packed()];

    public bool GapsAreUntouched() => Luma.GapsAreUntouched() && Cb.GapsAreUntouched() && Cr.GapsAreUntouched();

    private static PlaneView Rows(TestPlane plane) => new(plane.Memory, plane.Pitch);
}
