using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>Sixteen bytes at a time, by what the runtime offers on every machine, NEON and SSE2 among them.</summary>
internal unsafe struct Words128 : IWords<Vector128<ushort>>
{
    public static int Count => Vector128<ushort>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Load(ushort* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadBytes(byte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadPairs(byte* from, out Vector128<ushort> second)
    {
        Vector128<ushort> pairs = Vector128.Load((ushort*)from);
        second = pairs >>> 8;
        return pairs & Vector128.Create((ushort)0xFF);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadPairs(ushort* from, out Vector128<ushort> second)
    {
        Vector128<uint> lower = Vector128.Load((uint*)from);
        Vector128<uint> upper = Vector128.Load((uint*)from + Vector128<uint>.Count);
        second = Vector128.Narrow(lower >>> 16, upper >>> 16);
        return Vector128.Narrow(lower & Vector128.Create(0xFFFFu), upper & Vector128.Create(0xFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ushort> value, ushort* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<ushort> value, byte* to) => *(ulong*)to = Vector128.Narrow(value, value).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector128<ushort> first, Vector128<ushort> second, byte* to) => (first | (second << 8)).Store((ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Vector128<ushort> first, Vector128<ushort> second, ushort* to)
    {
        (Vector128.WidenLower(first) | (Vector128.WidenLower(second) << 16)).Store((uint*)to);
        (Vector128.WidenUpper(first) | (Vector128.WidenUpper(second) << 16)).Store((uint*)to + Vector128<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRight(Vector128<ushort> value, int bits) => value >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Narrow(Vector128<ushort> value) =>
        Vector128.Min((value + Vector128<ushort>.One + ((value >>> 2) & Vector128<ushort>.One)) >>> 2, Vector128.Create((ushort)byte.MaxValue));
}
