namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_mem that is a buffer.</summary>
internal sealed class ClBufferHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClBuffer.clReleaseMemObject(handle) == ClError.CL_SUCCESS;
}
