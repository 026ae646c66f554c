using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Smooths steps between flat areas, as <see cref="Debander"/> does: <c>deband.cl</c>. Not for two threads at once.</summary>
internal sealed class DebandKernel(DeviceContext context, int bits, DebandOptions options) : SampleKernel(context, "deband", "deband", bits), IPlaneStep
{
    public DeviceEvent Run(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => Run(
        queue,
        target,
        [.. source.Arguments, .. target.Arguments, target.Columns, target.Rows, options.Threshold, options.Reach, options.Dither ? 1 : 0],
        waits);
}
