using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As ints, and as numbers in single precision.</content>
internal unsafe partial struct Lanes512
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadShortsAsInts(short* from) =>
        Avx512F.ConvertToVector512Int32(Vector256.Load(from)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsShorts(Vector512<ushort> value, short* to) =>
        Avx512F.ConvertToVector256Int16(value.AsInt32()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsBytes(Vector512<ushort> value, byte* to) =>
        Avx512F.ConvertToVector128Byte(value.AsUInt32()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadApart(short* from, nint words) => Vector512.Create(
        Vector256.Create(Vector128.Load(from), Vector128.Load(from + words)),
        Vector256.Create(Vector128.Load(from + (2 * words)), Vector128.Load(from + (3 * words)))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector512<ushort> value, byte** to, nint bytes)
    {
        value.GetLower().GetLower().Store((ushort*)(to[0] + bytes));
        value.GetLower().GetUpper().Store((ushort*)(to[4] + bytes));
        value.GetUpper().GetLower().Store((ushort*)(to[8] + bytes));
        value.GetUpper().GetUpper().Store((ushort*)(to[12] + bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FillInts(int value) => Vector512.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddInts(Vector512<ushort> a, Vector512<ushort> b) => (a.AsInt32() + b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SubtractInts(Vector512<ushort> a, Vector512<ushort> b) => (a.AsInt32() - b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyInts(Vector512<ushort> a, Vector512<ushort> b) => (a.AsInt32() * b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyShifted(Vector512<ushort> a, Vector512<ushort> b, int bits)
    {
        Vector512<long> even = Avx512F.Multiply(a.AsInt32(), b.AsInt32());
        Vector512<long> odd = Avx512F.Multiply((a.AsInt64() >>> 32).AsInt32(), (b.AsInt64() >>> 32).AsInt32());
        return Vector512.ConditionalSelect(Vector512.Create((long)uint.MaxValue), even >>> bits, odd << (32 - bits)).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MinInts(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Min(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MaxInts(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Max(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyIntGreater(Vector512<ushort> a, Vector512<ushort> b) => Vector512.GreaterThanAny(a.AsInt32(), b.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftLeftInts(Vector512<ushort> value, int bits) => (value.AsInt32() << bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRightInts(Vector512<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRightIntsUnsigned(Vector512<ushort> value, int bits) => (value.AsInt32() >>> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector512<ushort> ints) => (long)Vector512.Sum(Vector512.WidenLower(ints.AsUInt32()) + Vector512.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyAdd(Vector512<ushort> a, Vector512<ushort> b) =>
        Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pack(Vector512<ushort> low, Vector512<ushort> high) =>
        Avx512BW.PackSignedSaturate(low.AsInt32(), high.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipLowInts(Vector512<ushort> a, Vector512<ushort> b) => Avx512F.UnpackLow(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipHighInts(Vector512<ushort> a, Vector512<ushort> b) => Avx512F.UnpackHigh(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipLowLongs(Vector512<ushort> a, Vector512<ushort> b) => Avx512F.UnpackLow(a.AsInt64(), b.AsInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipHighLongs(Vector512<ushort> a, Vector512<ushort> b) => Avx512F.UnpackHigh(a.AsInt64(), b.AsInt64()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> TurnBytes(Vector512<ushort> value)
    {
        Vector128<byte> places = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<byte> twice = Vector256.Create(places, places);
        return Avx512BW.Shuffle(value.AsByte(), Vector512.Create(twice, twice)).AsUInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SinglesOfInts(Vector512<ushort> ints) => Vector512.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IntsOfSingles(Vector512<ushort> singles) => Vector512.ConvertToInt32Native(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LowSingles(Vector512<ushort> words) =>
        Vector512.ConvertToSingle(Vector512.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> HighSingles(Vector512<ushort> words) =>
        Vector512.ConvertToSingle(Vector512.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FromSingles(Vector512<ushort> low, Vector512<ushort> high) =>
        Vector512.Narrow(Vector512.ConvertToInt32Native(low.AsSingle()).AsUInt32(), Vector512.ConvertToInt32Native(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FillSingles(float value) => Vector512.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddSingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplySingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> DivideSingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MinSingles(Vector512<ushort> a, Vector512<ushort> b) => Vector512.MinNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MaxSingles(Vector512<ushort> a, Vector512<ushort> b) => Vector512.MaxNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SquareRoot(Vector512<ushort> singles) => Vector512.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Quotient(Vector512<ushort> a, Vector512<ushort> b, float scale) => Vector512.Narrow(
        Quotient(Vector512.WidenLower(a.AsInt16()), Vector512.WidenLower(b.AsInt16()), scale),
        Quotient(Vector512.WidenUpper(a.AsInt16()), Vector512.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Quotient(Vector512<int> a, Vector512<int> b, float scale) => Vector512.ConvertToInt32Native(Vector512.Floor(
        (Vector512.ConvertToSingle(a) * Vector512.Create(scale) / Vector512.ConvertToSingle(b & Vector512.Create(0xFFFF))) + Vector512.Create(0.5f)));
}
