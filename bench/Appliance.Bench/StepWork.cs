using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;

namespace Appliance.Bench;

/// <summary>A step of tuning for every component of a picture.</summary>
internal sealed class StepWork(IPlaneStep step) : IDeviceWork
{
    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        DeviceEvent done = step.Run(queue, source.Component(0), targets[0].Component(0), waits);
        for (int component = 1; component < PixelLayout.Components; component++)
        {
            done.Dispose();
            done = step.Run(queue, source.Component(component), targets[0].Component(component));
        }

        return done;
    }

    public void Dispose() => step.Dispose();
}
