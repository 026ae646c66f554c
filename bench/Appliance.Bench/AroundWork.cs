using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;

namespace Appliance.Bench;

/// <summary>What is made of a picture and those around it: of the last ones that came, and of the one in their middle.</summary>
internal sealed class AroundWork : IDeviceWork
{
    /// <summary>Of a component of the pictures, the nearest to the middle first on either side; makes the target.</summary>
    private delegate DeviceEvent Step(
        DeviceQueue queue, DevicePlane middle, DevicePlane[] before, DevicePlane[] after, DevicePlane target, ReadOnlySpan<DeviceEvent> waits);

    private readonly IDisposable kernel;
    private readonly Step step;
    private readonly int reach;
    private readonly List<PicturePlanes> last = [];

    private AroundWork(IDisposable kernel, int reach, Step step) => (this.kernel, this.reach, this.step) = (kernel, reach, step);

    public static AroundWork Average(DeviceContext context, int bits)
    {
        var kernel = new AverageKernel(context, bits, new(12 << (bits - 8), 24 << (bits - 8)));
        return new(kernel, 3, (queue, middle, before, after, target, waits) => kernel.Run(queue, middle, before, after, target, waits));
    }

    public static AroundWork Weave(DeviceContext context, int bits)
    {
        var kernel = new WeaveKernel(context, bits);
        return new(kernel, 1, (queue, middle, before, after, target, waits) => kernel.Run(
            queue, before is [var earlier, ..] ? earlier : middle, middle, after is [var later, ..] ? later : middle, target, new(Bottom: true, Second: false, Alone: false), waits));
    }

    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        last.Add(source);
        last.RemoveRange(0, Math.Max(0, last.Count - (2 * reach) - 1));
        DeviceEvent done = Component(0, queue, targets[0], waits);
        for (int component = 1; component < PixelLayout.Components; component++)
        {
            done.Dispose();
            done = Component(component, queue, targets[0], []);
        }

        return done;
    }

    public void Dispose() => kernel.Dispose();

    private DeviceEvent Component(int component, DeviceQueue queue, PicturePlanes target, ReadOnlySpan<DeviceEvent> waits)
    {
        DevicePlane[] planes = [.. last.Select(picture => picture.Component(component))];
        int middle = planes.Length / 2;
        return step(queue, planes[middle], [.. planes[..middle].Reverse()], planes[(middle + 1)..], target.Component(component), waits);
    }
}
