using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;

namespace Appliance.Bench;

/// <summary>A kernel's work on a picture. Whoever adds a kernel adds it to <see cref="All"/>.</summary>
/// <param name="Name">For people.</param>
/// <param name="Source">Of the pictures.</param>
/// <param name="Targets">Of what is made of each.</param>
/// <param name="Wanted">Of the copy kernel's bandwidth, for kernels of its kind (1 is its own).</param>
/// <param name="Work">Makes it.</param>
internal sealed record DeviceTrial(
    string Name, PictureShape Source, IReadOnlyList<PictureShape> Targets, double Wanted, Func<DeviceContext, DeviceQueue, IDeviceWork> Work)
{
    private const int Width = 3840;

    private const int Height = 2160;

    /// <summary>What layouts and all that make a sample of one are to reach.</summary>
    private const double PointWanted = 0.6;

    /// <summary>Bytes of a picture that have to be read and written, each once: what effective bandwidth counts.</summary>
    public long Bytes => Source.SampleBytes + Targets.Sum(target => target.SampleBytes);

    /// <summary>The first is the copy of 8 bits, which the others are measured by.</summary>
    public static IReadOnlyList<DeviceTrial> All() =>
    [
        Copy("yuv420p"),
        Copy("yuv420p10le"),
        Layout("nv12", "yuv420p"),
        Layout("yuv420p", "nv12"),
        Layout("p010le", "yuv420p10le"),
        Layout("yuv420p10le", "p010le"),
        Layout("yuv420p", "yuv420p10le"),
        Layout("yuv420p10le", "yuv420p"),
        Scale("yuv420p", "yuv420p", (1280, 720)),
        Scale("yuv420p", "yuv420p", (1280, 720), (854, 480), (640, 360)),
        Scale("nv12", "nv12", (1280, 720), (854, 480), (640, 360)),
        Scale("yuv420p10le", "yuv420p10le", (1280, 720), (854, 480), (640, 360)),
        Scale("p010le", "yuv420p", (1280, 720), (854, 480), (640, 360)),
    ];

    private static PictureShape Shape(string layout, int width = Width, int height = Height) => new(PixelLayout.Named(layout)!, width, height);

    private static DeviceTrial Copy(string layout) => new($"copy {layout}", Shape(layout), [Shape(layout)], 1, (context, _) => new CopyKernel(context));

    private static DeviceTrial Layout(string from, string to) => new(
        $"{from} to {to}", Shape(from), [Shape(to)], PointWanted, (context, _) => new LayoutKernel(context, PixelLayout.Named(from)!, PixelLayout.Named(to)!));

    private static DeviceTrial Scale(string from, string to, params (int Width, int Height)[] sizes)
    {
        var order = new RungsOrder(
            ScaleFilter.Bicubic, PixelLayout.Named(from)!, Width, Height, ChromaSiting.Left, [.. sizes.Select(size => (PixelLayout.Named(to)!, size.Width, size.Height))]);
        return new(
            $"{from} to {to} {string.Join('/', sizes.Select(size => size.Height))}",
            Shape(from),
            [.. sizes.Select(size => Shape(to, size.Width, size.Height))],
            PointWanted,
            (context, queue) => new ScaleWork(context, queue, [.. Enumerable.Range(0, sizes.Length).Select(order.Plans)]));
    }
}
