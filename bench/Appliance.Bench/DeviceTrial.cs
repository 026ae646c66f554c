using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Tuning.ToneMapping;

namespace Appliance.Bench;

/// <summary>A kernel's work on a picture. Whoever adds a kernel adds it to <see cref="All"/>.</summary>
/// <param name="Name">For people.</param>
/// <param name="Source">Of the pictures.</param>
/// <param name="Targets">Of what is made of each.</param>
/// <param name="Wanted">Of the copy kernel's bandwidth, for kernels of its kind (1 is its own).</param>
/// <param name="Work">Makes it.</param>
/// <param name="Counted">Bytes that have to be read and written where these are not the picture's and its targets'.</param>
internal sealed record DeviceTrial(
    string Name, PictureShape Source, IReadOnlyList<PictureShape> Targets, double Wanted, Func<DeviceContext, DeviceQueue, IDeviceWork> Work, long? Counted = null)
{
    private const int Width = 3840;

    private const int Height = 2160;

    /// <summary>What layouts and all that make a sample of one are to reach.</summary>
    private const double PointWanted = 0.6;

    /// <summary>What kernels that only look are to reach.</summary>
    private const double LookWanted = 0.7;

    private static readonly string[] Depths = ["yuv420p", "yuv420p10le"];

    /// <summary>Bytes of a picture that have to be read and written, each once: what effective bandwidth counts.</summary>
    public long Bytes => Counted ?? Source.SampleBytes + Targets.Sum(target => target.SampleBytes);

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
        .. Depths.SelectMany(Tuning),
        ToneMap("yuv420p10le", "yuv420p"),
        ToneMap("p010le", "nv12"),
    ];

    private static IEnumerable<DeviceTrial> Tuning(string layout)
    {
        PictureShape shape = Shape(layout);
        int bits = shape.Layout.Bits;
        var luma = new PlaneShape(Width, Height, bits);
        yield return Step($"deband {layout}", shape, context => new DebandKernel(context, bits, new(2 << (bits - 8), DebandOptions.UsualReach, Dither: true)));
        yield return Step($"sharpen {layout}", shape, context => new SharpenKernel(context, bits, 30));
        yield return Step($"denoise in space {layout}", shape, context => new PatchKernel(context, bits, 50));
        yield return new($"denoise in time {layout}, 3 and 3", shape, [shape], PointWanted, (context, _) => AroundWork.Average(context, bits), 8 * shape.SampleBytes);
        yield return new($"deinterlace {layout}", shape, [shape], PointWanted, (context, _) => AroundWork.Weave(context, bits), 4 * shape.SampleBytes);
        yield return new($"look at brightness {layout}", shape, [], LookWanted, (context, queue) => LookWork.Analysis(context, queue, luma), luma.RowBytes * 2L * luma.Height);
        yield return new($"PSNR and SSIM of brightness {layout}", shape, [], LookWanted, (context, queue) => LookWork.Likeness(context, queue, luma), luma.RowBytes * 4L * luma.Height);
    }

    private static DeviceTrial Step(string name, PictureShape shape, Func<DeviceContext, IPlaneStep> step) =>
        new(name, shape, [shape], PointWanted, (context, _) => new StepWork(step(context)));

    private static DeviceTrial ToneMap(string from, string to)
    {
        var plan = new ToneMapPlan(HdrTransfer.Pq, 1000, ToneCurve.Bt2390, GamutMapping.Desaturate, PixelLayout.Named(to)!.Bits, ChromaSiting.TopLeft);
        return new($"tone map {from} to {to}", Shape(from), [Shape(to)], PointWanted, (context, queue) => new ToneMapKernel(context, queue, plan));
    }

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
