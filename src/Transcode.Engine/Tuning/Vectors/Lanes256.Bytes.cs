using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As bytes.</content>
internal unsafe partial struct Lanes256
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FillBytes(byte value) => Vector256.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddBytes(Vector256<ushort> a, Vector256<ushort> b) => (a.AsByte() + b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddBytesSaturated(Vector256<ushort> a, Vector256<ushort> b) => Vector256.AddSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SubtractBytes(Vector256<ushort> a, Vector256<ushort> b) => (a.AsByte() - b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SubtractBytesSaturated(Vector256<ushort> a, Vector256<ushort> b) => Vector256.SubtractSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MaxBytes(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Max(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SameBytesAs(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Equals(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Without(Vector256<ushort> value, Vector256<ushort> mask) => Vector256.AndNot(value, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipLowBytes(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackLow(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipHighBytes(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackHigh(a.AsByte(), b.AsByte()).AsUInt16();
}
