using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Where a component's samples lie on a device.</summary>
/// <param name="Buffer">What they lie in.</param>
/// <param name="First">Of the first, in samples from the buffer's beginning.</param>
/// <param name="Pitch">Samples from one row to the next.</param>
/// <param name="Step">Samples from one of the component to its next.</param>
/// <param name="Shift">Empty bits below a sample in its word.</param>
/// <param name="Columns">Of the component.</param>
/// <param name="Rows">Of the component.</param>
internal readonly record struct DevicePlane(DeviceBuffer Buffer, int First, int Pitch, int Step, int Shift, int Columns, int Rows)
{
    /// <summary>As kernels take it: <c>PLANE</c> of <c>planes.h</c>.</summary>
    public KernelArgument[] Arguments => [Buffer, First, Pitch, Step, Shift];

    /// <summary>Whether another component lies in its buffer as this one does in its own.</summary>
    public bool LiesAs(DevicePlane other) => other with { Buffer = Buffer } == this;

    /// <summary>Whether rows begin at multiples of so many samples.</summary>
    public bool IsAligned(int samples) => First % samples == 0 && Pitch % samples == 0;
}
