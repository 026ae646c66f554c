using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>A picture in a buffer, as kernels see it.</summary>
/// <param name="Buffer">All of it.</param>
/// <param name="Shape">How it lies there.</param>
internal readonly record struct PicturePlanes(DeviceBuffer Buffer, PictureShape Shape)
{
    /// <param name="component">0 is brightness, 1 and 2 are colour.</param>
    public DevicePlane Component(int component)
    {
        PixelLayout layout = Shape.Layout;
        PlanePlace plane = Shape.Plane(layout.PlaneOf(component));
        return new(
            Buffer,
            (plane.Offset / layout.SampleBytes) + layout.FirstOf(component),
            plane.Pitch / layout.SampleBytes,
            layout.StepOf(component),
            layout.Shift,
            layout.Columns(component, Shape.Width),
            layout.Rows(component, Shape.Height));
    }

    /// <summary>A plane's rows as bytes.</summary>
    public DevicePlane Bytes(int plane)
    {
        PlanePlace place = Shape.Plane(plane);
        return new(Buffer, place.Offset, place.Pitch, 1, 0, place.RowBytes, place.Rows);
    }
}
