using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <summary>Eight words: what every 64-bit machine has, SSE2 and NEON among them. Where a machine has an instruction of its own
/// for something, it is named here; <see cref="PlainInstructions"/> says the same without.</summary>
/// <typeparam name="TInstructions">One of <see cref="Instructions"/>.</typeparam>
internal unsafe partial struct Lanes128<TInstructions> : ILanes<Vector128<ushort>>
    where TInstructions : struct
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Load(void* from) => Vector128.Load((ushort*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ushort> value, void* to) => value.Store((ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadBytes(byte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<ushort> value, byte* to) => *(ulong*)to =
        (typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported
            ? Sse2.PackUnsignedSaturate(value.AsInt16(), value.AsInt16())
            : Vector128.Narrow(value, value)).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadPairs(ushort* from, out Vector128<ushort> second)
    {
        Vector128<uint> lower = Vector128.Load((uint*)from), upper = Vector128.Load((uint*)from + Vector128<uint>.Count);
        second = Vector128.Narrow(lower >>> 16, upper >>> 16);
        return Vector128.Narrow(lower & Vector128.Create(0xFFFFu), upper & Vector128.Create(0xFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector128<ushort> first, Vector128<ushort> second, ushort* to)
    {
        (Vector128.WidenLower(first) | (Vector128.WidenLower(second) << 16)).Store((uint*)to);
        (Vector128.WidenUpper(first) | (Vector128.WidenUpper(second) << 16)).Store((uint*)to + Vector128<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Fill(ushort value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FillPair(ushort even, ushort odd) => Vector128.Create(even | ((uint)odd << 16)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Table(ReadOnlySpan<byte> sixteen) => Vector128.Create(sixteen).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Add(Vector128<ushort> a, Vector128<ushort> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddSaturated(Vector128<ushort> a, Vector128<ushort> b) => Vector128.AddSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Subtract(Vector128<ushort> a, Vector128<ushort> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SubtractSaturated(Vector128<ushort> a, Vector128<ushort> b) => Vector128.SubtractSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Min(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Max(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MinSigned(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Min(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MaxSigned(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Max(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Clamp(Vector128<ushort> value, short largest) =>
        Vector128.Min(Vector128.Max(value.AsInt16(), Vector128<short>.Zero), Vector128.Create(largest)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Abs(Vector128<ushort> value) => Vector128.Abs(value.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> And(Vector128<ushort> a, Vector128<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Or(Vector128<ushort> a, Vector128<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SameAs(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Select(Vector128<ushort> mask, Vector128<ushort> yes, Vector128<ushort> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IfGreater(Vector128<ushort> a, Vector128<ushort> b, Vector128<ushort> yes, Vector128<ushort> no) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a.AsInt16(), b.AsInt16()).AsUInt16(), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRight(Vector128<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRightSigned(Vector128<ushort> value, int bits) => (value.AsInt16() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyLow(Vector128<ushort> a, Vector128<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.MultiplyHigh(a, b) : PlainInstructions.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyRounded(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Ssse3.IsSupported ? Ssse3.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.IsSupported
            ? AdvSimd.MultiplyRoundedDoublingSaturateHigh(a.AsInt16(), b.AsInt16()).AsUInt16()
        : PlainInstructions.MultiplyRounded(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLow(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : PlainInstructions.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : PlainInstructions.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> PackBytes(Vector128<ushort> low, Vector128<ushort> high) =>
        (typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.PackUnsignedSaturate(low.AsInt16(), high.AsInt16())
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.IsSupported ? AdvSimd.ExtractNarrowingSaturateUnsignedUpper(
            AdvSimd.ExtractNarrowingSaturateUnsignedLower(low.AsInt16()), high.AsInt16())
        : Vector128.Narrow(Clamp(low, byte.MaxValue), Clamp(high, byte.MaxValue))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Lookup(Vector128<ushort> table, Vector128<ushort> index) =>
        Vector128.ShuffleNative(table.AsByte(), index.AsByte()).AsUInt16();
}
