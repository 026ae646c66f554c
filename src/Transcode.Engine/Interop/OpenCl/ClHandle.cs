using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>An OpenCL object that we hold one reference to. OpenCL counts its own references between objects, so that the order
/// in which handles are given back does not matter.</summary>
internal abstract class ClHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>For lists of objects within Interop and Devices; the handle must be kept alive by its owner meanwhile.</summary>
    internal nint Pointer => handle;
}
