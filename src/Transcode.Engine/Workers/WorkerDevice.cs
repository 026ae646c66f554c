using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Workers;

/// <summary>A worker's device: found, opened and tried before the lock closes, because drivers load libraries and compile.</summary>
/// <param name="Device">That pictures may be made on.</param>
/// <param name="Name">Its own; null where there is none.</param>
/// <param name="Found">Every device of the box and what became of it, a line each.</param>
internal sealed record WorkerDevice(PictureDevice Device, string? Name, IReadOnlyList<string> Found)
{
    /// <summary>Of pictures that kernels are tried on.</summary>
    private const int Side = 64;

    /// <param name="use">What may be used.</param>
    /// <param name="programFolder">Where its programs are kept; null for nowhere.</param>
    public static WorkerDevice Open(DeviceUse use, string? programFolder)
    {
        if (use == DeviceUse.None)
        {
            return new(PictureDevice.None, null, []);
        }

        // A driver may be a whole compiler: none is loaded where there is nothing to drive.
        if (use == DeviceUse.Graphics && !GraphicsNodes.Any())
        {
            return new(PictureDevice.None, null, ["there is no graphics device in this box, or none that may be used from here (/dev/dri, /dev/nvidia, /dev/kfd, /dev/mali)"]);
        }

        var search = DeviceSearch.Run(takesProcessors: use == DeviceUse.Any);
        var found = new List<string>(search.Troubles);
        PictureDevice opened = PictureDevice.None;
        string? name = null;
        foreach (FoundDevice device in search.Devices)
        {
            string? refusal = device.Refusal ?? (name is null ? null : "another is used");
            if (refusal is null && TryOpen(device, programFolder, out refusal) is { } made)
            {
                (opened, name) = (made, device.Description.Name);
            }

            found.Add($"{device.Description.Name} ({device.Description.Platform}): {refusal ?? "used where it is quicker"}");
        }

        return new(opened, name, found);
    }

    private static PictureDevice? TryOpen(FoundDevice device, string? programFolder, out string? refusal)
    {
        DeviceContext? context = null;
        try
        {
            context = DeviceContext.Open(device, programFolder is null ? new NoProgramStore() : new FolderProgramStore(programFolder));
            Try(context);
            refusal = null;
            return PictureDevice.On(context, TimeProvider.System, WorkerLog.Line);
        }
        catch (Exception exception) when (exception is OpenClException or NotSupportedException)
        {
            context?.Dispose();
            refusal = exception.Message;
            return null;
        }
    }

    /// <summary>Runs every kernel of the pipeline once, at both depths.</summary>
    private static void Try(DeviceContext context)
    {
        foreach ((string from, string to) in new[] { ("yuv420p", "yuv420p"), ("yuv420p10le", "yuv420p10le"), ("yuv420p10le", "yuv420p") })
        {
            Shape(context, Order(from, to, toneMap: null));
        }

        foreach (int bits in new[] { 8, 10 })
        {
            Shape(context, Order("yuv420p10le", "yuv420p10le", new(HdrTransfer.Pq, 1000, ToneCurve.Bt2390, GamutMapping.Desaturate, bits, ChromaSiting.Left)));
            Tune(context, bits == 8 ? VideoRecipe.EightBits : VideoRecipe.TenBits);
        }

        static ShapeOrder Order(string from, string to, ToneMapPlan? toneMap) => new(
            ScaleFilter.Bicubic, PixelLayout.Named(from)!, (Side, Side), (Side / 2, Side / 2), PixelLayout.Named(to)!, ChromaSiting.Left, toneMap);
    }

    private static void Shape(DeviceContext context, ShapeOrder order)
    {
        using var stage = DeviceStage.Shape(context, order);
        using AvFrame picture = Picture(order.SourceLayout);
        using var output = new AvFrame();
        stage.Begin(picture);
        stage.Finish([output]);
    }

    private static void Tune(DeviceContext context, string pixelFormat)
    {
        PixelLayout layout = PixelLayout.Named(pixelFormat)!;
        using PicturePool pool = layout.NewPool(Side, Side);
        using var tuning = new DeviceTuning(context, Rehearsal.EveryKernel, pixelFormat, Side, Side, pool);
        using AvFrame before = Picture(layout), picture = Picture(layout), after = Picture(layout), output = new();
        tuning.Run(picture, [before], [after], output);
    }

    private static AvFrame Picture(PixelLayout layout)
    {
        var picture = new AvFrame { Width = Side, Height = Side, Format = AvUtil.av_get_pix_fmt(layout.Name) };
        picture.Allocate();
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            picture.Plane(plane, layout.Rows(plane, Side)).Clear();
        }

        return picture;
    }
}
