using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tuning.Kernels;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>A device that was opened, and what lives on it: queues, buffers, programs. Queues and buffers may outlive it.</summary>
internal sealed class DeviceContext : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ClProgramHandle> programs = [];
    private readonly ProgramBuilder builder;
    private readonly nint id;
    private bool? dividesExactly;

    private DeviceContext(FoundDevice device, ClContextHandle handle, IProgramStore store)
    {
        (Handle, Description, id) = (handle, device.Description, device.Id);
        builder = new(handle, device, store);
    }

    public DeviceDescription Description { get; }

    /// <summary>Programs that were taken from the store and not compiled.</summary>
    public int ProgramsFromStore { get; private set; }

    internal ClContextHandle Handle { get; }

    /// <param name="device">One that is not refused.</param>
    /// <param name="store">Where its programs are kept.</param>
    /// <exception cref="NotSupportedException">It is refused; the message says why.</exception>
    /// <exception cref="OpenClException">The driver does not open it.</exception>
    public static DeviceContext Open(FoundDevice device, IProgramStore store)
    {
        if (device.Refusal is { } refusal)
        {
            throw new NotSupportedException($"{device.Description.Name}: {refusal}");
        }

        ClContextHandle handle = ClContext.clCreateContext(0, 1, [device.Id], 0, 0, out int error);
        ClError.ThrowIfNegative(error, nameof(ClContext.clCreateContext));
        return new(device, handle, store);
    }

    /// <param name="measures">Whether its events are to tell how long their commands took.</param>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public DeviceQueue NewQueue(bool measures = false)
    {
        ClQueueHandle queue = ClQueue.clCreateCommandQueue(Handle, id, measures ? ClQueue.CL_QUEUE_PROFILING_ENABLE : 0, out int error);
        ClError.ThrowIfNegative(error, nameof(ClQueue.clCreateCommandQueue));
        return new(queue);
    }

    /// <summary>A kernel of its own for who asks, whose arguments nobody else sets. Programs are built when first asked for, and once.</summary>
    /// <param name="source">The program's name in <see cref="KernelSource"/>.</param>
    /// <param name="name">The kernel's name in it.</param>
    /// <exception cref="OpenClException">It cannot be built or has no such kernel.</exception>
    public DeviceKernel NewKernel(string source, string name)
    {
        lock (gate)
        {
            if (!programs.TryGetValue(source, out ClProgramHandle? program))
            {
                program = builder.Build(KernelSource.Of(source), out bool fromStore);
                programs[source] = program;
                ProgramsFromStore += fromStore ? 1 : 0;
            }

            return new(program, name, id);
        }
    }

    /// <summary>For kernels that divide: their results must be the same everywhere.</summary>
    /// <returns>This.</returns>
    /// <exception cref="NotSupportedException">The device rounds otherwise than IEEE 754 says.</exception>
    /// <exception cref="OpenClException">The device fails.</exception>
    public DeviceContext WithExactDivision() => (dividesExactly ??= DivisionTrial.IsExact(this))
        ? this
        : throw new NotSupportedException($"{Description.Name}: it does not round quotients as IEEE 754 says, so its pictures would be others.");

    public void Dispose()
    {
        lock (gate)
        {
            foreach (ClProgramHandle program in programs.Values)
            {
                program.Dispose();
            }

            programs.Clear();
        }

        Handle.Dispose();
    }
}
