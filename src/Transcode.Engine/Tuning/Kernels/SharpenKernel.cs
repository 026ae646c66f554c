using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Sharpening;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Sharpens by contrast, as <see cref="Sharpener"/> does: <c>sharpen.cl</c>. Not for two threads at once.</summary>
/// <exception cref="NotSupportedException">The device divides otherwise than IEEE 754 says.</exception>
internal sealed class SharpenKernel(DeviceContext context, int bits, int hundredths)
    : SampleKernel(context.WithExactDivision(), "sharpen", "sharpen", bits), IPlaneStep
{
    public DeviceEvent Run(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => Run(
        queue, target, [.. source.Arguments, .. target.Arguments, target.Columns, target.Rows, Largest, Sharpener.DivisorOf(hundredths)], waits);
}
