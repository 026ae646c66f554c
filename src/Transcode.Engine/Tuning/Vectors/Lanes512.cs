using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <summary>Thirty-two words: AVX-512 with its byte and word instructions.</summary>
internal unsafe partial struct Lanes512 : ILanes<Vector512<ushort>>
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Load(void* from) => Vector512.Load((ushort*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<ushort> value, void* to) => value.Store((ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadBytes(byte* from) => Avx512BW.ConvertToVector512UInt16(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<ushort> value, byte* to) => Avx512BW.ConvertToVector256Byte(value).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadPairs(ushort* from, out Vector512<ushort> second)
    {
        Vector512<uint> lower = Vector512.Load((uint*)from), upper = Vector512.Load((uint*)from + Vector512<uint>.Count);
        second = Vector512.Narrow(lower >>> 16, upper >>> 16);
        return Vector512.Narrow(lower & Vector512.Create(0xFFFFu), upper & Vector512.Create(0xFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector512<ushort> first, Vector512<ushort> second, ushort* to)
    {
        (Vector512.WidenLower(first) | (Vector512.WidenLower(second) << 16)).Store((uint*)to);
        (Vector512.WidenUpper(first) | (Vector512.WidenUpper(second) << 16)).Store((uint*)to + Vector512<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Fill(ushort value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FillPair(ushort even, ushort odd) => Vector512.Create(even | ((uint)odd << 16)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<ushort> table = Vector128.Create(sixteen).AsUInt16();
        return Vector512.Create(Vector256.Create(table, table), Vector256.Create(table, table));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Add(Vector512<ushort> a, Vector512<ushort> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddSaturated(Vector512<ushort> a, Vector512<ushort> b) => Vector512.AddSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Subtract(Vector512<ushort> a, Vector512<ushort> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SubtractSaturated(Vector512<ushort> a, Vector512<ushort> b) => Vector512.SubtractSaturate(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Min(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Max(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MinSigned(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Min(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MaxSigned(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Max(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Clamp(Vector512<ushort> value, short largest) =>
        Vector512.Min(Vector512.Max(value.AsInt16(), Vector512<short>.Zero), Vector512.Create(largest)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Abs(Vector512<ushort> value) => Vector512.Abs(value.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> And(Vector512<ushort> a, Vector512<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Or(Vector512<ushort> a, Vector512<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SameAs(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Select(Vector512<ushort> mask, Vector512<ushort> yes, Vector512<ushort> no) =>
        Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IfGreater(Vector512<ushort> a, Vector512<ushort> b, Vector512<ushort> yes, Vector512<ushort> no) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a.AsInt16(), b.AsInt16()).AsUInt16(), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftLeft(Vector512<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRight(Vector512<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRightSigned(Vector512<ushort> value, int bits) => (value.AsInt16() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyLow(Vector512<ushort> a, Vector512<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyHigh(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyRounded(Vector512<ushort> a, Vector512<ushort> b) =>
        Avx512BW.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipLow(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipHigh(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> PackBytes(Vector512<ushort> low, Vector512<ushort> high) =>
        Avx512BW.PackUnsignedSaturate(low.AsInt16(), high.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Lookup(Vector512<ushort> table, Vector512<ushort> index) =>
        Avx512BW.Shuffle(table.AsByte(), index.AsByte()).AsUInt16();
}
