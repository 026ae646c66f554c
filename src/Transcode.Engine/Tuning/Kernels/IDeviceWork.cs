using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>What is done to a picture on a device: one kernel, or several one after the other. Not for two threads at once.</summary>
internal interface IDeviceWork : IDisposable
{
    /// <summary>Told before each picture what becomes white in it, where that matters.</summary>
    /// <param name="queue">That it will be given to.</param>
    /// <param name="peakNits">In cd/m²; null for what the order says.</param>
    void Prepare(DeviceQueue queue, int? peakNits)
    {
    }

    /// <param name="queue">That it is given to.</param>
    /// <param name="source">The picture, which is only read.</param>
    /// <param name="targets">What is made of it, in buffers of their own.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    /// <returns>The last of its commands: all of them are done when it is.</returns>
    DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits);
}
