using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>One lane: what every 64-bit machine has, SSE2 and NEON among them. Where a machine has an instruction of its own
/// for something, it is named here; <see cref="PlainLanes"/> says the same without.</summary>
internal unsafe struct Lanes128 : ILanes<Vector128<byte>>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(short* from) => Vector128.Load((byte*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadBytes(byte* from) => PlainLanes.LoadBytes(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LoadApart(short* from, nint shorts) => Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> value, short* to) => value.Store((byte*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector128<byte> value, byte** to, nint bytes) => value.Store(to[0] + bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Fill(int value) => Vector128.Create(value).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> MultiplyAdd(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(a.AsInt16().GetLower(), b.AsInt16().GetLower()),
            AdvSimd.MultiplyWideningUpper(a.AsInt16(), b.AsInt16())).AsByte()
        : PlainLanes.MultiplyAdd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => PlainLanes.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShiftRight(Vector128<byte> value, int bits) => PlainLanes.ShiftRight(value, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToShorts(Vector128<byte> a, Vector128<byte> b) => PlainLanes.ToShorts(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ToBytes(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.PackUnsignedSaturate(a.AsInt16(), b.AsInt16())
        : AdvSimd.IsSupported ? AdvSimd.ExtractNarrowingSaturateUnsignedUpper(
            AdvSimd.ExtractNarrowingSaturateUnsignedLower(a.AsInt16()), b.AsInt16())
        : PlainLanes.ToBytes(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Clamp(Vector128<byte> value, short largest) => PlainLanes.Clamp(value, largest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipLow16(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a.AsInt16(), b.AsInt16()).AsByte()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsInt16(), b.AsInt16()).AsByte()
        : PlainLanes.ZipLow16(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipHigh16(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a.AsInt16(), b.AsInt16()).AsByte()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsInt16(), b.AsInt16()).AsByte()
        : PlainLanes.ZipHigh16(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipLow32(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a.AsInt32(), b.AsInt32()).AsByte()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsInt32(), b.AsInt32()).AsByte()
        : PlainLanes.ZipLow32(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipHigh32(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a.AsInt32(), b.AsInt32()).AsByte()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsInt32(), b.AsInt32()).AsByte()
        : PlainLanes.ZipHigh32(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipLow64(Vector128<byte> a, Vector128<byte> b) => PlainLanes.ZipLow64(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ZipHigh64(Vector128<byte> a, Vector128<byte> b) => PlainLanes.ZipHigh64(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> TurnBytes(Vector128<byte> value) => PlainLanes.TurnBytes(value);
}
