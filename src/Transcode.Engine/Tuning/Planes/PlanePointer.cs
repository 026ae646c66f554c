using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>A plane in memory that whoever made this keeps in its place meanwhile.</summary>
/// <param name="first">Its first sample.</param>
/// <param name="pitch">Bytes from one row to the next.</param>
internal readonly unsafe struct PlanePointer(byte* first, int pitch)
{
    public byte* Row(int y) => first + ((nint)y * pitch);

    /// <param name="memory">Of libav, or pinned: the collector must not move it, and it must outlive this.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    public static PlanePointer ToNative(ReadOnlySpan<byte> memory, int pitch) =>
        new((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)), pitch);
}
