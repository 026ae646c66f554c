namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_event.</summary>
internal sealed class ClEventHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClEvent.clReleaseEvent(handle) == ClError.CL_SUCCESS;
}
