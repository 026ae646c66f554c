namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_command_queue.</summary>
internal sealed class ClQueueHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClQueue.clReleaseCommandQueue(handle) == ClError.CL_SUCCESS;
}
