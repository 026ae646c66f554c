using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Makes a component of another of the same size and depth. Not for two threads at once.</summary>
internal interface IPlaneStep : IDisposable
{
    /// <param name="queue">That it is given to.</param>
    /// <param name="source">Is only read.</param>
    /// <param name="target">In another buffer.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    DeviceEvent Run(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits);
}
