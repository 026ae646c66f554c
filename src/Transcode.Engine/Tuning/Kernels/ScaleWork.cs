using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Scales a picture to several sizes. Each is its own arithmetic from the picture, none from another.</summary>
internal sealed class ScaleWork : IDeviceWork
{
    /// <summary>For each target brightness, then colour.</summary>
    private readonly List<ScaleKernel> kernels = [];

    /// <param name="context">Of the device.</param>
    /// <param name="queue">As of <see cref="ScaleKernel"/>.</param>
    /// <param name="plans">A target each.</param>
    /// <exception cref="NotSupportedException">A target is so much smaller that the kernel cannot make it.</exception>
    public ScaleWork(DeviceContext context, DeviceQueue queue, IEnumerable<ComponentPlans> plans)
    {
        try
        {
            foreach (ComponentPlans plan in plans)
            {
                kernels.Add(new(context, queue, plan.Luma));
                kernels.Add(new(context, queue, plan.Chroma));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        DeviceEvent? done = null;
        for (int target = 0; target < targets.Length; target++)
        {
            for (int component = 0; component < PixelLayout.Components; component++)
            {
                // The queue keeps its order: the first command's waiting is everyone's.
                DeviceEvent next = kernels[(2 * target) + (component == 0 ? 0 : 1)].Run(
                    queue, source.Component(component), targets[target].Component(component), done is null ? waits : []);
                done?.Dispose();
                done = next;
            }
        }

        return done!;
    }

    public void Dispose() => kernels.ForEach(kernel => kernel.Dispose());
}
