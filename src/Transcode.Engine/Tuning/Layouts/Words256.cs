using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>Thirty-two bytes at a time: AVX2.</summary>
internal unsafe struct Words256 : IWords<Vector256<ushort>>
{
    public static int Count => Vector256<ushort>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Load(ushort* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadBytes(byte* from) => Avx2.IsSupported ? Avx2.ConvertToVector256Int16(from).AsUInt16() : Vector256.Create(Words128.LoadBytes(from), Words128.LoadBytes(from + Vector128<ushort>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadPairs(byte* from, out Vector256<ushort> second)
    {
        Vector256<ushort> pairs = Vector256.Load((ushort*)from);
        second = pairs >>> 8;
        return pairs & Vector256.Create((ushort)0xFF);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadPairs(ushort* from, out Vector256<ushort> second)
    {
        Vector256<uint> lower = Vector256.Load((uint*)from);
        Vector256<uint> upper = Vector256.Load((uint*)from + Vector256<uint>.Count);
        second = Vector256.Narrow(lower >>> 16, upper >>> 16);
        return Vector256.Narrow(lower & Vector256.Create(0xFFFFu), upper & Vector256.Create(0xFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> value, ushort* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<ushort> value, byte* to) => Vector256.Narrow(value, value).GetLower().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector256<ushort> first, Vector256<ushort> second, byte* to) => (first | (second << 8)).Store((ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector256<ushort> first, Vector256<ushort> second, ushort* to)
    {
        (Vector256.WidenLower(first) | (Vector256.WidenLower(second) << 16)).Store((uint*)to);
        (Vector256.WidenUpper(first) | (Vector256.WidenUpper(second) << 16)).Store((uint*)to + Vector256<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeft(Vector256<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRight(Vector256<ushort> value, int bits) => value >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Narrow(Vector256<ushort> value) =>
        Vector256.Min((value + Vector256<ushort>.One + ((value >>> 2) & Vector256<ushort>.One)) >>> 2, Vector256.Create((ushort)byte.MaxValue));
}
