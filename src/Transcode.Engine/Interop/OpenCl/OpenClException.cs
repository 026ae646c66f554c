namespace Transcode.Engine.Interop.OpenCl;

/// <summary>An OpenCL call failed.</summary>
/// <param name="code">Of the call, or of the command that it waited for.</param>
/// <param name="call">The native function.</param>
/// <param name="detail">What else the driver says, such as a compiler's words.</param>
internal sealed class OpenClException(int code, string call, string? detail = null)
    : Exception($"{call}: {ClError.Name(code)} ({code}){(detail is null ? "" : ": " + detail)}")
{
    public int Code => code;

    public string Call => call;

    /// <summary>Whether the device, or all that was set up on it, is gone: another try on it cannot do better. Context and queue
    /// are ours and were good, so that a driver that no longer knows them has lost them; what a queue held when its device
    /// faulted comes back as the failure of whoever waits, or as out of resources where it is waited for.</summary>
    public bool IsDeviceLost => code switch
    {
        ClError.CL_DEVICE_NOT_AVAILABLE or ClError.CL_INVALID_CONTEXT or ClError.CL_INVALID_COMMAND_QUEUE
            or ClError.CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST or ClError.NV_FAULT => true,
        ClError.CL_OUT_OF_RESOURCES => call is nameof(ClEvent.clWaitForEvents) or nameof(ClQueue.clFinish) or nameof(ClQueue.clFlush),
        _ => false,
    };
}
