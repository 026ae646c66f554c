using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As ints, and as numbers in single precision.</content>
internal unsafe partial struct Lanes256
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadShortsAsInts(short* from) => Avx2.ConvertToVector256Int32(Vector128.Load(from)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsShorts(Vector256<ushort> value, short* to) =>
        Vector128.Narrow(value.GetLower().AsInt32(), value.GetUpper().AsInt32()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsBytes(Vector256<ushort> value, byte* to)
    {
        Vector128<short> shorts = Vector128.Narrow(value.GetLower().AsInt32(), value.GetUpper().AsInt32());
        *(long*)to = Vector128.Narrow(shorts, shorts).AsInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadApart(short* from, nint words) =>
        Vector256.Create(Vector128.Load(from), Vector128.Load(from + words)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector256<ushort> value, byte** to, nint bytes)
    {
        value.GetLower().Store((ushort*)(to[0] + bytes));
        value.GetUpper().Store((ushort*)(to[4] + bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FillInts(int value) => Vector256.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddInts(Vector256<ushort> a, Vector256<ushort> b) => (a.AsInt32() + b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SubtractInts(Vector256<ushort> a, Vector256<ushort> b) => (a.AsInt32() - b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyInts(Vector256<ushort> a, Vector256<ushort> b) => (a.AsInt32() * b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyShifted(Vector256<ushort> a, Vector256<ushort> b, int bits)
    {
        Vector256<long> even = Avx2.Multiply(a.AsInt32(), b.AsInt32());
        Vector256<long> odd = Avx2.Multiply((a.AsInt64() >>> 32).AsInt32(), (b.AsInt64() >>> 32).AsInt32());
        return Avx2.Blend((even >>> bits).AsInt32(), (odd << (32 - bits)).AsInt32(), 0b10101010).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MinInts(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Min(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MaxInts(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Max(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyIntGreater(Vector256<ushort> a, Vector256<ushort> b) => Vector256.GreaterThanAny(a.AsInt32(), b.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeftInts(Vector256<ushort> value, int bits) => (value.AsInt32() << bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRightInts(Vector256<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRightIntsUnsigned(Vector256<ushort> value, int bits) => (value.AsInt32() >>> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector256<ushort> ints) => (long)Vector256.Sum(Vector256.WidenLower(ints.AsUInt32()) + Vector256.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyAdd(Vector256<ushort> a, Vector256<ushort> b) =>
        Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Pack(Vector256<ushort> low, Vector256<ushort> high) =>
        Avx2.PackSignedSaturate(low.AsInt32(), high.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipLowInts(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackLow(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipHighInts(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackHigh(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipLowLongs(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackLow(a.AsInt64(), b.AsInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipHighLongs(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackHigh(a.AsInt64(), b.AsInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> TurnBytes(Vector256<ushort> value) => Avx2.Shuffle(
        value.AsByte(),
        Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SinglesOfInts(Vector256<ushort> ints) => Vector256.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IntsOfSingles(Vector256<ushort> singles) => Vector256.ConvertToInt32Native(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LowSingles(Vector256<ushort> words) =>
        Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> HighSingles(Vector256<ushort> words) =>
        Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FromSingles(Vector256<ushort> low, Vector256<ushort> high) =>
        Vector256.Narrow(Vector256.ConvertToInt32Native(low.AsSingle()).AsUInt32(), Vector256.ConvertToInt32Native(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FillSingles(float value) => Vector256.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddSingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplySingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> DivideSingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MinSingles(Vector256<ushort> a, Vector256<ushort> b) => Vector256.MinNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MaxSingles(Vector256<ushort> a, Vector256<ushort> b) => Vector256.MaxNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SquareRoot(Vector256<ushort> singles) => Vector256.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Quotient(Vector256<ushort> a, Vector256<ushort> b, float scale) => Vector256.Narrow(
        Quotient(Vector256.WidenLower(a.AsInt16()), Vector256.WidenLower(b.AsInt16()), scale),
        Quotient(Vector256.WidenUpper(a.AsInt16()), Vector256.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Quotient(Vector256<int> a, Vector256<int> b, float scale) => Vector256.ConvertToInt32Native(Vector256.Floor(
        (Vector256.ConvertToSingle(a) * Vector256.Create(scale) / Vector256.ConvertToSingle(b & Vector256.Create(0xFFFF))) + Vector256.Create(0.5f)));
}
