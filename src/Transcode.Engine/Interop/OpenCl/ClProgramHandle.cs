namespace Transcode.Engine.Interop.OpenCl;

/// <summary>A cl_program.</summary>
internal sealed class ClProgramHandle : ClHandle
{
    protected override bool ReleaseHandle() => ClProgram.clReleaseProgram(handle) == ClError.CL_SUCCESS;
}
