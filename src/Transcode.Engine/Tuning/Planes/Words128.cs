using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>Eight words: what every 64-bit machine has, SSE2 and NEON among them. Where a machine has an instruction of its own
/// for something, it is named here; <see cref="PlainWords"/> says the same without.</summary>
internal unsafe struct Words128 : IWords<Vector128<ushort>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LoadBytes(byte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Load(ushort* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector128<ushort> value, byte* to) => *(ulong*)to =
        (Sse2.IsSupported ? Sse2.PackUnsignedSaturate(value.AsInt16(), value.AsInt16()) : Vector128.Narrow(value, value)).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ushort> value, ushort* to) => value.Store(to);

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
    public static Vector128<ushort> And(Vector128<ushort> a, Vector128<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Or(Vector128<ushort> a, Vector128<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SameAs(Vector128<ushort> a, Vector128<ushort> b) => Vector128.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Select(Vector128<ushort> mask, Vector128<ushort> yes, Vector128<ushort> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRight(Vector128<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyLow(Vector128<ushort> a, Vector128<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> a, Vector128<ushort> b) =>
        Sse2.IsSupported ? Sse2.MultiplyHigh(a, b) : PlainWords.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyRounded(Vector128<ushort> a, Vector128<ushort> b) =>
        Ssse3.IsSupported ? Ssse3.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16()
        : AdvSimd.IsSupported ? AdvSimd.MultiplyRoundedDoublingSaturateHigh(a.AsInt16(), b.AsInt16()).AsUInt16()
        : PlainWords.MultiplyRounded(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplyAdd(Vector128<ushort> a, Vector128<ushort> b) =>
        Sse2.IsSupported ? Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16()
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(a.AsInt16().GetLower(), b.AsInt16().GetLower()),
            AdvSimd.MultiplyWideningUpper(a.AsInt16(), b.AsInt16())).AsUInt16()
        : PlainWords.MultiplyAdd(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddInts(Vector128<ushort> a, Vector128<ushort> b) => (a.AsUInt32() + b.AsUInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRightInts(Vector128<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SinglesOfInts(Vector128<ushort> ints) => Vector128.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> IntsOfSingles(Vector128<ushort> singles) => Vector128.ConvertToInt32(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipLow(Vector128<ushort> a, Vector128<ushort> b) => Lanes128.ZipLow16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) => Lanes128.ZipHigh16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Pack(Vector128<ushort> low, Vector128<ushort> high) => Lanes128.ToShorts(low.AsByte(), high.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector128<ushort> ints) => (long)Vector128.Sum(Vector128.WidenLower(ints.AsUInt32()) + Vector128.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Lookup(Vector128<ushort> table, Vector128<ushort> index) =>
        Vector128.ShuffleNative(table.AsByte(), index.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> Quotient(Vector128<ushort> a, Vector128<ushort> b, float scale) => Vector128.Narrow(
        Quotient(Vector128.WidenLower(a.AsInt16()), Vector128.WidenLower(b.AsInt16()), scale),
        Quotient(Vector128.WidenUpper(a.AsInt16()), Vector128.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> LowSingles(Vector128<ushort> words) => Vector128.ConvertToSingle(Vector128.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> HighSingles(Vector128<ushort> words) => Vector128.ConvertToSingle(Vector128.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FromSingles(Vector128<ushort> low, Vector128<ushort> high) =>
        Vector128.Narrow(Vector128.ConvertToInt32(low.AsSingle()).AsUInt32(), Vector128.ConvertToInt32(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> FillSingle(float value) => Vector128.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AddSingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> MultiplySingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> DivideSingles(Vector128<ushort> a, Vector128<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ClampSingles(Vector128<ushort> value, float least, float most) =>
        Vector128.Min(Vector128.Max(value.AsSingle(), Vector128.Create(least)), Vector128.Create(most)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> SquareRoot(Vector128<ushort> singles) => Vector128.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Quotient(Vector128<int> a, Vector128<int> b, float scale) => Vector128.ConvertToInt32(Vector128.Floor(
        (Vector128.ConvertToSingle(a) * Vector128.Create(scale) / Vector128.ConvertToSingle(b & Vector128.Create(0xFFFF))) + Vector128.Create(0.5f)));
}
