using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <summary>Sixteen words: AVX2.</summary>
internal unsafe partial struct Lanes256 : ILanes<Vector256<ushort>>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Load(void* from) => Vector256.Load((ushort*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> value, void* to) => value.Store((ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadBytes(byte* from) => Avx2.ConvertToVector256Int16(from).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<ushort> value, byte* to) => Vector128.Narrow(value.GetLower(), value.GetUpper()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadPairs(ushort* from, out Vector256<ushort> second)
    {
        Vector256<uint> lower = Vector256.Load((uint*)from), upper = Vector256.Load((uint*)from + Vector256<uint>.Count);
        second = Vector256.Narrow(lower >>> 16, upper >>> 16);
        return Vector256.Narrow(lower & Vector256.Create(0xFFFFu), upper & Vector256.Create(0xFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector256<ushort> first, Vector256<ushort> second, ushort* to)
    {
        (Vector256.WidenLower(first) | (Vector256.WidenLower(second) << 16)).Store((uint*)to);
        (Vector256.WidenUpper(first) | (Vector256.WidenUpper(second) << 16)).Store((uint*)to + Vector256<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Fill(ushort value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FillPair(ushort even, ushort odd) => Vector256.Create(even | ((uint)odd << 16)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<ushort> table = Vector128.Create(sixteen).AsUInt16();
        return Vector256.Create(table, table);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Add(Vector256<ushort> a, Vector256<ushort> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddSaturated(Vector256<ushort> a, Vector256<ushort> b) => Vector256.AddSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Subtract(Vector256<ushort> a, Vector256<ushort> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SubtractSaturated(Vector256<ushort> a, Vector256<ushort> b) => Vector256.SubtractSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Min(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Max(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MinSigned(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Min(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MaxSigned(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Max(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Clamp(Vector256<ushort> value, short largest) =>
        Vector256.Min(Vector256.Max(value.AsInt16(), Vector256<short>.Zero), Vector256.Create(largest)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Abs(Vector256<ushort> value) => Vector256.Abs(value.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> And(Vector256<ushort> a, Vector256<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Or(Vector256<ushort> a, Vector256<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SameAs(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Select(Vector256<ushort> mask, Vector256<ushort> yes, Vector256<ushort> no) =>
        Vector256.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IfGreater(Vector256<ushort> a, Vector256<ushort> b, Vector256<ushort> yes, Vector256<ushort> no) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a.AsInt16(), b.AsInt16()).AsUInt16(), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeft(Vector256<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRight(Vector256<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRightSigned(Vector256<ushort> value, int bits) => (value.AsInt16() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyLow(Vector256<ushort> a, Vector256<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyHigh(Vector256<ushort> a, Vector256<ushort> b) => Avx2.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyRounded(Vector256<ushort> a, Vector256<ushort> b) =>
        Avx2.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipLow(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipHigh(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> PackBytes(Vector256<ushort> low, Vector256<ushort> high) =>
        Avx2.PackUnsignedSaturate(low.AsInt16(), high.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Lookup(Vector256<ushort> table, Vector256<ushort> index) =>
        Avx2.Shuffle(table.AsByte(), index.AsByte()).AsUInt16();
}
