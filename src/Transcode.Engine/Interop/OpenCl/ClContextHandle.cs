namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_context.</summary>
internal sealed class ClContextHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClContext.clReleaseContext(handle) == ClError.CL_SUCCESS;
}
