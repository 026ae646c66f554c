using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Vectors;

/// <summary>What <see cref="Lanes128{TInstructions}"/> has instructions for on most machines, by what the runtime offers on every one.</summary>
internal static class PlainInstructions
{
    /// <summary>Of a factor that is multiplied in two halves.</summary>
    private const int LowerBits = 13;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Narrow(
        (Vector128.WidenLower(a) * Vector128.WidenLower(b)) >> 16,
        (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)) >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyRounded(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Narrow(
        Rounded(Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())),
        Rounded(Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16()))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyAdd(Vector128<ushort> a, Vector128<ushort> b)
    {
        // A number of 32 bits holds a word in each half.
        Vector128<int> lower = ((a.AsInt32() << 16) >> 16) * ((b.AsInt32() << 16) >> 16);
        return (lower + ((a.AsInt32() >> 16) * (b.AsInt32() >> 16))).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyShifted(Vector128<ushort> a, Vector128<ushort> b, int bits)
    {
        // In two halves: what can be dropped of the lower one's product is dropped first.
        Vector128<int> lower = (a.AsInt32() & Vector128.Create((1 << LowerBits) - 1)) * b.AsInt32();
        return ((((a.AsInt32() >> LowerBits) * b.AsInt32()) + (lower >> LowerBits)) >> (bits - LowerBits)).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLow(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 16)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 16)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLowBytes(Vector128<ushort> a, Vector128<ushort> b) =>
        Vector128.WidenLower(a.AsByte()) | (Vector128.WidenLower(b.AsByte()) << 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHighBytes(Vector128<ushort> a, Vector128<ushort> b) =>
        Vector128.WidenUpper(a.AsByte()) | (Vector128.WidenUpper(b.AsByte()) << 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLowInts(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenLower(a.AsUInt32()) | (Vector128.WidenLower(b.AsUInt32()) << 32)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHighInts(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenUpper(a.AsUInt32()) | (Vector128.WidenUpper(b.AsUInt32()) << 32)).AsUInt16();

    private static Vector128<int> Rounded(Vector128<int> product) => (product + Vector128.Create(1 << 14)) >> 15;
}
