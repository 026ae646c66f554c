using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Kernels;

/// <summary>Pictures by the scalar references alone.</summary>
internal static class ScalarPictures
{
    /// <summary>Scales in planes, laid out as planes before it and as the target after it; the bytes as rawvideo has them.</summary>
    public static byte[] Scaled(ComponentPlans plans, TestPicture picture, PixelLayout target, int width, int height)
    {
        TestPicture from = Converted(picture, Planar(picture.Shape.Layout));
        TestPicture to = TestPicture.Empty(Planar(target), width, height, tight: true);
        for (int plane = 0; plane < PixelLayout.Components; plane++)
        {
            PlaneScaler.For(plane == 0 ? plans.Luma : plans.Chroma, LaneWidth.None).Scale(
                from.View.Plane(plane), from.View.Pitch(plane), to.View.Plane(plane), to.View.Pitch(plane));
        }

        return Converted(to, target).Packed();
    }

    private static PixelLayout Planar(PixelLayout layout) =>
        PixelLayout.All.First(other => !other.IsPaired && (other.Bits, other.ColumnStep, other.RowStep) == (layout.Bits, layout.ColumnStep, layout.RowStep));

    private static TestPicture Converted(TestPicture picture, PixelLayout layout)
    {
        TestPicture made = TestPicture.Empty(layout, picture.Shape.Width, picture.Shape.Height, tight: true);
        LayoutConverter.For(picture.Shape.Layout, layout, LaneWidth.None).Convert(picture.View, made.View);
        return made;
    }
}
