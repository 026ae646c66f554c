namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_kernel.</summary>
internal sealed class ClKernelHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClKernel.clReleaseKernel(handle) == ClError.CL_SUCCESS;
}
