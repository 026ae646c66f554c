using System.Globalization;
using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>A kernel of which each item makes a sample of a component. Not for two threads at once.</summary>
internal abstract class SampleKernel : IDisposable
{
    private readonly DeviceKernel kernel;

    /// <param name="context">Of the device.</param>
    /// <param name="source">The program's name.</param>
    /// <param name="name">The kernel's, without the bits.</param>
    /// <param name="bits">Of a sample: 8 or 10.</param>
    protected SampleKernel(DeviceContext context, string source, string name, int bits)
    {
        Bits = bits;
        kernel = context.NewKernel(source, string.Create(CultureInfo.InvariantCulture, $"{name}_{bits}"));
    }

    protected int Bits { get; }

    protected int Largest => (1 << Bits) - 1;

    public void Dispose() => kernel.Dispose();

    /// <param name="queue">That runs it.</param>
    /// <param name="target">An item a sample of it.</param>
    /// <param name="arguments">All of the kernel's.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    protected DeviceEvent Run(DeviceQueue queue, DevicePlane target, ReadOnlySpan<KernelArgument> arguments, ReadOnlySpan<DeviceEvent> waits) =>
        queue.Run(kernel.With(arguments), Groups.For(target.Columns, target.Rows), Groups.Local, waits);
}
