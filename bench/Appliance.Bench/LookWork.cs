using Transcode.Engine.Quality;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Planes;

namespace Appliance.Bench;

/// <summary>What is seen of a picture's brightness beside that of the picture before it; no picture comes of it.</summary>
internal sealed class LookWork : IDeviceWork
{
    private readonly IDisposable kernel;
    private readonly Func<DeviceQueue, DevicePlane, DevicePlane, DeviceEvent> look;
    private DevicePlane? before;

    private LookWork(IDisposable kernel, Func<DeviceQueue, DevicePlane, DevicePlane, DeviceEvent> look) => (this.kernel, this.look) = (kernel, look);

    public static LookWork Analysis(DeviceContext context, DeviceQueue queue, PlaneShape luma)
    {
        var kernel = new AnalysisKernel(context, queue, luma);
        return new(kernel, (on, picture, earlier) => kernel.Look(on, picture, earlier));
    }

    /// <summary>The sums of PSNR, then those of SSIM.</summary>
    public static LookWork Likeness(DeviceContext context, DeviceQueue queue, PlaneShape luma)
    {
        var kernel = new LikenessKernel(context, queue, luma, secondOrder: false);
        return new(kernel, (on, picture, earlier) =>
        {
            kernel.SumErrors(on, picture, earlier).Dispose();
            return kernel.SumBlocks(on, picture, earlier);
        });
    }

    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        DevicePlane luma = source.Component(0);
        DeviceEvent done = look(queue, luma, before ?? luma);
        before = luma;
        return done;
    }

    public void Dispose() => kernel.Dispose();
}
