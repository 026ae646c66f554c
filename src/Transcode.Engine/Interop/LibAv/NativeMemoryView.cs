using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>Reads and writes fields of native structs at offsets taken from a layout table.</summary>
internal static unsafe class NativeMemoryView
{
    public static T Read<T>(nint structure, int offset)
        where T : unmanaged => *(T*)(structure + offset);

    public static void Write<T>(nint structure, int offset, T value)
        where T : unmanaged => *(T*)(structure + offset) = value;

    /// <summary>A C string owned by the library, or null.</summary>
    public static string? Utf8(nint text) => Marshal.PtrToStringUTF8(text);

    /// <summary>A view of native bytes; the caller keeps their owner alive while it is used.</summary>
    public static Span<byte> Bytes(nint start, int count) => new((void*)start, count);
}
