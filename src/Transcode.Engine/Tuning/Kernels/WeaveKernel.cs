using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Makes whole components of fields, as <see cref="BobWeaver"/> does: <c>weave.cl</c>. Not for two threads at once.</summary>
internal sealed class WeaveKernel(DeviceContext context, int bits) : SampleKernel(context, "weave", "weave", bits)
{
    /// <param name="queue">That runs it.</param>
    /// <param name="before">The picture before, lying in its buffer as the current one does in its own; that one where there is none.</param>
    /// <param name="current">The picture that holds the field.</param>
    /// <param name="after">The picture after, likewise.</param>
    /// <param name="target">In a buffer of its own.</param>
    /// <param name="field">Which rows are kept.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    /// <exception cref="ArgumentException">The pictures lie otherwise.</exception>
    public DeviceEvent Run(
        DeviceQueue queue, DevicePlane before, DevicePlane current, DevicePlane after, DevicePlane target, FieldChoice field, params ReadOnlySpan<DeviceEvent> waits) =>
        before.LiesAs(current) && after.LiesAs(current)
            ? Run(
                queue,
                target,
                [
                    .. current.Arguments, before.Buffer, after.Buffer, .. target.Arguments, target.Columns, target.Rows, Largest,
                    field.Bottom ? 1 : 0, field.Second ? 1 : 0, field.Alone ? 1 : 0,
                ],
                waits)
            : throw new ArgumentException("The pictures around a field have to lie in their buffers as its own does.");
}
