using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Averages samples with those around them whose patches are alike, as <see cref="SpatialDenoiser"/> does: <c>patches.cl</c>. Not for two threads
/// at once.</summary>
/// <param name="context">Of the device.</param>
/// <param name="bits">Of a sample: 8 or 10.</param>
/// <param name="tenths">As of <see cref="PatchWeights"/>.</param>
/// <exception cref="NotSupportedException">The device divides otherwise than IEEE 754 says.</exception>
internal sealed class PatchKernel(DeviceContext context, int bits, int tenths)
    : SampleKernel(context.WithExactDivision(), "patches", "patches", bits), IPlaneStep
{
    private readonly PatchWeights weights = new(tenths, bits);

    public DeviceEvent Run(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => Run(
        queue,
        target,
        [
            .. source.Arguments, .. target.Arguments, target.Columns, target.Rows, Largest,
            weights.A, weights.B, weights.Furthest, weights.FractionBits, weights.Scale,
        ],
        waits);
}
