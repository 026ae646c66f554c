using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>A command that was given to a queue.</summary>
internal sealed class DeviceEvent : IDisposable
{
    internal DeviceEvent(ClEventHandle handle) => Handle = handle;

    internal ClEventHandle Handle { get; }

    /// <summary>Time from the end of one command to the end of another, by the device's clock.</summary>
    /// <param name="first">Done, of a queue that measures.</param>
    /// <param name="last">Done, of a queue that measures.</param>
    /// <exception cref="OpenClException">They are not.</exception>
    public static TimeSpan Between(DeviceEvent first, DeviceEvent last) =>
        TimeSpan.FromTicks((long)(last.Nanoseconds(ClEvent.CL_PROFILING_COMMAND_END) - first.Nanoseconds(ClEvent.CL_PROFILING_COMMAND_END)) / TimeSpan.NanosecondsPerTick);

    /// <summary>Returns when it is done, and with it all that its queue was given before.</summary>
    /// <exception cref="OpenClException">It, or what it waited for, failed.</exception>
    public void Wait()
    {
        int code = ClEvent.clWaitForEvents(1, [Handle.Pointer]);
        if (code < 0)
        {
            throw new OpenClException(code, nameof(ClEvent.clWaitForEvents), Ending());
        }

        GC.KeepAlive(this);
    }

    public void Dispose() => Handle.Dispose();

    private string? Ending() =>
        ClEvent.clGetEventInfo(Handle, ClEvent.CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof(int), out int status, out _) == ClError.CL_SUCCESS && status < 0
            ? $"the command ended as {ClError.Name(status)} ({status})"
            : null;

    private ulong Nanoseconds(uint name)
    {
        ClError.ThrowIfNegative(ClEvent.clGetEventProfilingInfo(Handle, name, sizeof(ulong), out ulong value, out _), nameof(ClEvent.clGetEventProfilingInfo));
        return value;
    }
}
