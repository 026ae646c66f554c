using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Vectors;

/// <content>As ints, and as numbers in single precision.</content>
internal unsafe partial struct Lanes128<TInstructions>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadShortsAsInts(short* from) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)from).AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsShorts(Vector128<ushort> value, short* to) =>
        *(long*)to = Vector128.Narrow(value.AsInt32(), value.AsInt32()).AsInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIntsAsBytes(Vector128<ushort> value, byte* to)
    {
        Vector128<short> shorts = Vector128.Narrow(value.AsInt32(), value.AsInt32());
        *(int*)to = Vector128.Narrow(shorts, shorts).AsInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadApart(short* from, nint words) => Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector128<ushort> value, byte** to, nint bytes) => Store(value, to[0] + bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FillInts(int value) => Vector128.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddInts(Vector128<ushort> a, Vector128<ushort> b) => (a.AsInt32() + b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SubtractInts(Vector128<ushort> a, Vector128<ushort> b) => (a.AsInt32() - b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyInts(Vector128<ushort> a, Vector128<ushort> b) => (a.AsInt32() * b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyShifted(Vector128<ushort> a, Vector128<ushort> b, int bits)
    {
        if (typeof(TInstructions) != typeof(Instructions.Own) || !Sse41.IsSupported)
        {
            return PlainInstructions.MultiplyShifted(a, b, bits);
        }

        Vector128<long> even = Sse41.Multiply(a.AsInt32(), b.AsInt32());
        Vector128<long> odd = Sse41.Multiply((a.AsInt64() >>> 32).AsInt32(), (b.AsInt64() >>> 32).AsInt32());
        return Sse41.Blend((even >>> bits).AsUInt16(), (odd << (32 - bits)).AsUInt16(), 0b11001100);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MinInts(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Min(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MaxInts(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Max(a.AsInt32(), b.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyIntGreater(Vector128<ushort> a, Vector128<ushort> b) => Vector128.GreaterThanAny(a.AsInt32(), b.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeftInts(Vector128<ushort> value, int bits) => (value.AsInt32() << bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRightInts(Vector128<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRightIntsUnsigned(Vector128<ushort> value, int bits) => (value.AsInt32() >>> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector128<ushort> ints) => (long)Vector128.Sum(Vector128.WidenLower(ints.AsUInt32()) + Vector128.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyAdd(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(a.AsInt16().GetLower(), b.AsInt16().GetLower()),
            AdvSimd.MultiplyWideningUpper(a.AsInt16(), b.AsInt16())).AsUInt16()
        : PlainInstructions.MultiplyAdd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Pack(Vector128<ushort> low, Vector128<ushort> high) =>
        Vector128.NarrowWithSaturation(low.AsInt32(), high.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLowInts(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackLow(a.AsInt32(), b.AsInt32()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsInt32(), b.AsInt32()).AsUInt16()
        : PlainInstructions.ZipLowInts(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHighInts(Vector128<ushort> a, Vector128<ushort> b) =>
        typeof(TInstructions) == typeof(Instructions.Own) && Sse2.IsSupported ? Sse2.UnpackHigh(a.AsInt32(), b.AsInt32()).AsUInt16()
        : typeof(TInstructions) == typeof(Instructions.Own) && AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsInt32(), b.AsInt32()).AsUInt16()
        : PlainInstructions.ZipHighInts(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLowLongs(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHighLongs(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Create(a.GetUpper(), b.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> TurnBytes(Vector128<ushort> value) =>
        Vector128.Shuffle(value.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SinglesOfInts(Vector128<ushort> ints) => Vector128.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IntsOfSingles(Vector128<ushort> singles) => Vector128.ConvertToInt32Native(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LowSingles(Vector128<ushort> words) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> HighSingles(Vector128<ushort> words) =>
        Vector128.ConvertToSingle(Vector128.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FromSingles(Vector128<ushort> low, Vector128<ushort> high) =>
        Vector128.Narrow(Vector128.ConvertToInt32Native(low.AsSingle()).AsUInt32(), Vector128.ConvertToInt32Native(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FillSingles(float value) => Vector128.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddSingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplySingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> DivideSingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MinSingles(Vector128<ushort> a, Vector128<ushort> b) => Vector128.MinNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MaxSingles(Vector128<ushort> a, Vector128<ushort> b) => Vector128.MaxNative(a.AsSingle(), b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SquareRoot(Vector128<ushort> singles) => Vector128.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Quotient(Vector128<ushort> a, Vector128<ushort> b, float scale) => Vector128.Narrow(
        Quotient(Vector128.WidenLower(a.AsInt16()), Vector128.WidenLower(b.AsInt16()), scale),
        Quotient(Vector128.WidenUpper(a.AsInt16()), Vector128.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Quotient(Vector128<int> a, Vector128<int> b, float scale) => Vector128.ConvertToInt32Native(Vector128.Floor(
        (Vector128.ConvertToSingle(a) * Vector128.Create(scale) / Vector128.ConvertToSingle(b & Vector128.Create(0xFFFF))) + Vector128.Create(0.5f)));
}
