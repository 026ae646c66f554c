using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>Sixteen words: AVX2.</summary>
internal unsafe struct Words256 : IWords<Vector256<ushort>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LoadBytes(byte* from) => Avx2.ConvertToVector256Int16(from).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Load(ushort* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<ushort> value, byte* to) => Vector128.Narrow(value.GetLower(), value.GetUpper()).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ushort> value, ushort* to) => value.Store(to);

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
    public static Vector256<ushort> And(Vector256<ushort> a, Vector256<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Or(Vector256<ushort> a, Vector256<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SameAs(Vector256<ushort> a, Vector256<ushort> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Select(Vector256<ushort> mask, Vector256<ushort> yes, Vector256<ushort> no) =>
        Vector256.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftLeft(Vector256<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRight(Vector256<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyLow(Vector256<ushort> a, Vector256<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyHigh(Vector256<ushort> a, Vector256<ushort> b) => Avx2.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyRounded(Vector256<ushort> a, Vector256<ushort> b) =>
        Avx2.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplyAdd(Vector256<ushort> a, Vector256<ushort> b) =>
        Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddInts(Vector256<ushort> a, Vector256<ushort> b) => (a.AsUInt32() + b.AsUInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ShiftRightInts(Vector256<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SinglesOfInts(Vector256<ushort> ints) => Vector256.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> IntsOfSingles(Vector256<ushort> singles) => Vector256.ConvertToInt32(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipLow(Vector256<ushort> a, Vector256<ushort> b) => Lanes256.ZipLow16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ZipHigh(Vector256<ushort> a, Vector256<ushort> b) => Lanes256.ZipHigh16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Pack(Vector256<ushort> low, Vector256<ushort> high) => Lanes256.ToShorts(low.AsByte(), high.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector256<ushort> ints) => (long)Vector256.Sum(Vector256.WidenLower(ints.AsUInt32()) + Vector256.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Lookup(Vector256<ushort> table, Vector256<ushort> index) =>
        Avx2.Shuffle(table.AsByte(), index.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Quotient(Vector256<ushort> a, Vector256<ushort> b, float scale) => Vector256.Narrow(
        Quotient(Vector256.WidenLower(a.AsInt16()), Vector256.WidenLower(b.AsInt16()), scale),
        Quotient(Vector256.WidenUpper(a.AsInt16()), Vector256.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> LowSingles(Vector256<ushort> words) => Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> HighSingles(Vector256<ushort> words) => Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FromSingles(Vector256<ushort> low, Vector256<ushort> high) =>
        Vector256.Narrow(Vector256.ConvertToInt32(low.AsSingle()).AsUInt32(), Vector256.ConvertToInt32(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> FillSingle(float value) => Vector256.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> AddSingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> MultiplySingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> DivideSingles(Vector256<ushort> a, Vector256<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> ClampSingles(Vector256<ushort> value, float least, float most) =>
        Vector256.Min(Vector256.Max(value.AsSingle(), Vector256.Create(least)), Vector256.Create(most)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> SquareRoot(Vector256<ushort> singles) => Vector256.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Quotient(Vector256<int> a, Vector256<int> b, float scale) => Vector256.ConvertToInt32(Vector256.Floor(
        (Vector256.ConvertToSingle(a) * Vector256.Create(scale) / Vector256.ConvertToSingle(b & Vector256.Create(0xFFFF))) + Vector256.Create(0.5f)));
}
