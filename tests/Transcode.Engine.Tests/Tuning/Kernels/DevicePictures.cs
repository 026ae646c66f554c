using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Kernels;

/// <summary>Pictures in any layout, of planes, and back.</summary>
internal static class DevicePictures
{
    /// <summary>Layouts of both depths, in planes and in pairs: every way in which a component may lie.</summary>
    public static readonly string[] Layouts = ["yuv420p", "nv12", "yuv420p10le", "p010le"];

    /// <param name="layout">Of the picture.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="tight">As of <see cref="TestPicture.Empty"/>.</param>
    /// <param name="plane">A component's samples, of its number and size.</param>
    public static TestPicture Of(PixelLayout layout, int width, int height, bool tight, Func<int, int, int, TestPlane> plane)
    {
        TestPicture planar = TestPicture.Empty(Planar(layout), width, height, tight: true);
        planar.Unpack([.. Enumerable.Range(0, PixelLayout.Components).SelectMany(component =>
            plane(component, layout.Columns(component, width), layout.Rows(component, height)).Packed())]);
        TestPicture picture = TestPicture.Empty(layout, width, height, tight);
        LayoutConverter.For(planar.Shape.Layout, layout, LaneWidth.None).Convert(planar.View, picture.View);
        return picture;
    }

    /// <summary>Of slopes, edges and noise, another with each number.</summary>
    public static TestPicture Scene(PixelLayout layout, int width, int height, bool tight, int noise, int number = 0) =>
        Of(layout, width, height, tight, (_, columns, rows) => KernelCases.Scene(columns, rows, layout.Bits, noise, number));

    /// <summary>A component's samples.</summary>
    public static TestPlane Component(this TestPicture picture, int component)
    {
        PixelLayout layout = picture.Shape.Layout;
        TestPicture planar = TestPicture.Empty(Planar(layout), picture.Shape.Width, picture.Shape.Height, tight: false);
        LayoutConverter.For(layout, planar.Shape.Layout, LaneWidth.None).Convert(picture.View, planar.View);
        PlanePlace place = planar.Shape.Plane(component);
        TestPlane plane = TestPlane.Empty(layout.Columns(component, picture.Shape.Width), place.Rows, layout.Bits, gap: 0);
        for (int row = 0; row < place.Rows; row++)
        {
            planar.Memory.AsSpan(place.Offset + (row * place.Pitch), place.RowBytes).CopyTo(plane.Memory[(row * plane.Pitch)..]);
        }

        return plane;
    }

    private static PixelLayout Planar(PixelLayout layout) =>
        PixelLayout.All.First(other => !other.IsPaired && (other.Bits, other.ColumnStep, other.RowStep) == (layout.Bits, layout.ColumnStep, layout.RowStep));
}
