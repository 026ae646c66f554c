using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As bytes.</content>
internal unsafe partial struct Lanes128<TInstructions>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FillBytes(byte value) => Vector128.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddBytes(Vector128<ushort> a, Vector128<ushort> b) => (a.AsByte() + b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddBytesSaturated(Vector128<ushort> a, Vector128<ushort> b) => Vector128.AddSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SubtractBytes(Vector128<ushort> a, Vector128<ushort> b) => (a.AsByte() - b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SubtractBytesSaturated(Vector128<ushort> a, Vector128<ushort> b) => Vector128.SubtractSaturate(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MaxBytes(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Max(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SameBytesAs(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Equals(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Without(Vector128<ushort> value, Vector128<ushort> mask) => Vector128.AndNot(value, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLowBytes(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackLow(a.AsByte(), b.AsByte()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsByte(), b.AsByte()).AsUInt16()
        : PlainInstructions.ZipLowBytes(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHighBytes(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackHigh(a.AsByte(), b.AsByte()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsByte(), b.AsByte()).AsUInt16()
        : PlainInstructions.ZipHighBytes(a, b);
}
