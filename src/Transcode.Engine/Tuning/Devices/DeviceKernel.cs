using System.Runtime.InteropServices;
using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>A function of a program, with its arguments. Not for two threads at once; a command that was given keeps the
/// arguments it was given with.</summary>
internal sealed class DeviceKernel : IDisposable
{
    private readonly string name;

    internal DeviceKernel(ClProgramHandle program, string name, nint device)
    {
        this.name = name;
        Handle = ClKernel.clCreateKernel(program, name, out int error);
        if (error < 0)
        {
            throw new OpenClException(error, nameof(ClKernel.clCreateKernel), name);
        }

        ClError.ThrowIfNegative(
            ClKernel.clGetKernelWorkGroupInfo(Handle, device, ClKernel.CL_KERNEL_WORK_GROUP_SIZE, (nuint)nint.Size, out nuint largest, out _),
            nameof(ClKernel.clGetKernelWorkGroupInfo));
        if (largest < DeviceRules.GroupItems)
        {
            Handle.Dispose();
            throw new OpenClException(ClError.CL_INVALID_WORK_GROUP_SIZE, nameof(ClKernel.clGetKernelWorkGroupInfo), $"{name} runs in groups of {largest} items here, and {DeviceRules.GroupItems} are needed");
        }
    }

    internal ClKernelHandle Handle { get; }

    /// <summary>Sets all arguments, in order.</summary>
    /// <exception cref="OpenClException">One is not what the kernel has there.</exception>
    public DeviceKernel With(params ReadOnlySpan<KernelArgument> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            KernelArgument argument = arguments[i];
            int code = argument.LocalBytes > 0
                ? ClKernel.clSetKernelArg(Handle, (uint)i, (nuint)argument.LocalBytes, default)
                : argument.Buffer is { } buffer
                    ? Set(i, buffer.Handle.Pointer)
                    : Set(i, argument.Number);
            GC.KeepAlive(argument.Buffer);
            if (code < 0)
            {
                throw new OpenClException(code, nameof(ClKernel.clSetKernelArg), $"argument {i} of {name}");
            }
        }

        return this;
    }

    public void Dispose() => Handle.Dispose();

    private int Set<T>(int index, T value)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
        return ClKernel.clSetKernelArg(Handle, (uint)index, (nuint)bytes.Length, bytes);
    }
}
