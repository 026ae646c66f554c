using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Averages samples with their counterparts in the pictures around, as <see cref="TemporalDenoiser"/> does: <c>average.cl</c>. Not for two
/// threads at once.</summary>
internal sealed class AverageKernel(DeviceContext context, int bits, TemporalThresholds thresholds) : SampleKernel(context, "average", "average", bits)
{
    /// <param name="queue">That runs it.</param>
    /// <param name="centre">The component.</param>
    /// <param name="before">That of the pictures before, the nearest first, lying in their buffers as it does in its own; <see cref="TemporalDenoiser.Reach"/> at most.</param>
    /// <param name="after">Of the pictures after, likewise.</param>
    /// <param name="target">In a buffer of its own.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    /// <exception cref="ArgumentException">There are too many pictures, or one lies otherwise.</exception>
    public DeviceEvent Run(
        DeviceQueue queue, DevicePlane centre, ReadOnlySpan<DevicePlane> before, ReadOnlySpan<DevicePlane> after, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => Run(
        queue,
        target,
        [
            .. centre.Arguments, .. Side(centre, before), before.Length, .. Side(centre, after), after.Length,
            .. target.Arguments, target.Columns, target.Rows, thresholds.OfOne, thresholds.OfSum,
        ],
        waits);

    /// <summary>As many buffers as the kernel has places for; those that it does not look at are the component's own.</summary>
    private static KernelArgument[] Side(DevicePlane centre, ReadOnlySpan<DevicePlane> pictures)
    {
        if (pictures.Length > TemporalDenoiser.Reach)
        {
            throw new ArgumentException($"There are {pictures.Length} pictures to one side, but {TemporalDenoiser.Reach} at most are averaged.", nameof(pictures));
        }

        var buffers = new KernelArgument[TemporalDenoiser.Reach];
        Array.Fill(buffers, centre.Buffer);
        for (int i = 0; i < pictures.Length; i++)
        {
            buffers[i] = pictures[i].LiesAs(centre)
                ? pictures[i].Buffer
                : throw new ArgumentException("Pictures that are averaged have to lie alike in their buffers.", nameof(pictures));
        }

        return buffers;
    }
}
