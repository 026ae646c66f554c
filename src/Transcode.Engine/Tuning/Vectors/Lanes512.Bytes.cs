using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As bytes.</content>
internal unsafe partial struct Lanes512
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FillBytes(byte value) => Vector512.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddBytes(Vector512<ushort> a, Vector512<ushort> b) => (a.AsByte() + b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddBytesSaturated(Vector512<ushort> a, Vector512<ushort> b) => Vector512.AddSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SubtractBytes(Vector512<ushort> a, Vector512<ushort> b) => (a.AsByte() - b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SubtractBytesSaturated(Vector512<ushort> a, Vector512<ushort> b) => Vector512.SubtractSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MaxBytes(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Max(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SameBytesAs(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Equals(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Without(Vector512<ushort> value, Vector512<ushort> mask) => Vector512.AndNot(value, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipLowBytes(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.UnpackLow(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipHighBytes(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.UnpackHigh(a.AsByte(), b.AsByte()).AsUInt16();
}
