using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>Thirty-two words: AVX-512.</summary>
internal unsafe struct Words512 : IWords<Vector512<ushort>>
{
    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LoadBytes(byte* from) => Avx512BW.ConvertToVector512UInt16(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Load(ushort* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector512<ushort> value, byte* to) => Avx512BW.ConvertToVector256Byte(value).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<ushort> value, ushort* to) => value.Store(to);

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
    public static Vector512<ushort> And(Vector512<ushort> a, Vector512<ushort> b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Or(Vector512<ushort> a, Vector512<ushort> b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SameAs(Vector512<ushort> a, Vector512<ushort> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Select(Vector512<ushort> mask, Vector512<ushort> yes, Vector512<ushort> no) =>
        Vector512.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftLeft(Vector512<ushort> value, int bits) => value << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRight(Vector512<ushort> value, int bits) => value >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyLow(Vector512<ushort> a, Vector512<ushort> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyHigh(Vector512<ushort> a, Vector512<ushort> b) => Avx512BW.MultiplyHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyRounded(Vector512<ushort> a, Vector512<ushort> b) =>
        Avx512BW.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplyAdd(Vector512<ushort> a, Vector512<ushort> b) =>
        Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddInts(Vector512<ushort> a, Vector512<ushort> b) => (a.AsUInt32() + b.AsUInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ShiftRightInts(Vector512<ushort> value, int bits) => (value.AsInt32() >> bits).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SinglesOfInts(Vector512<ushort> ints) => Vector512.ConvertToSingle(ints.AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> IntsOfSingles(Vector512<ushort> singles) => Vector512.ConvertToInt32(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipLow(Vector512<ushort> a, Vector512<ushort> b) => Lanes512.ZipLow16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ZipHigh(Vector512<ushort> a, Vector512<ushort> b) => Lanes512.ZipHigh16(a.AsByte(), b.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Pack(Vector512<ushort> low, Vector512<ushort> high) => Lanes512.ToShorts(low.AsByte(), high.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Vector512<ushort> ints) => (long)Vector512.Sum(Vector512.WidenLower(ints.AsUInt32()) + Vector512.WidenUpper(ints.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Lookup(Vector512<ushort> table, Vector512<ushort> index) =>
        Avx512BW.Shuffle(table.AsByte(), index.AsByte()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> Quotient(Vector512<ushort> a, Vector512<ushort> b, float scale) => Vector512.Narrow(
        Quotient(Vector512.WidenLower(a.AsInt16()), Vector512.WidenLower(b.AsInt16()), scale),
        Quotient(Vector512.WidenUpper(a.AsInt16()), Vector512.WidenUpper(b.AsInt16()), scale)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> LowSingles(Vector512<ushort> words) => Vector512.ConvertToSingle(Vector512.WidenLower(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> HighSingles(Vector512<ushort> words) => Vector512.ConvertToSingle(Vector512.WidenUpper(words).AsInt32()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FromSingles(Vector512<ushort> low, Vector512<ushort> high) =>
        Vector512.Narrow(Vector512.ConvertToInt32(low.AsSingle()).AsUInt32(), Vector512.ConvertToInt32(high.AsSingle()).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> FillSingle(float value) => Vector512.Create(value).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> AddSingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() + b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> MultiplySingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() * b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> DivideSingles(Vector512<ushort> a, Vector512<ushort> b) => (a.AsSingle() / b.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> ClampSingles(Vector512<ushort> value, float least, float most) =>
        Vector512.Min(Vector512.Max(value.AsSingle(), Vector512.Create(least)), Vector512.Create(most)).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ushort> SquareRoot(Vector512<ushort> singles) => Vector512.Sqrt(singles.AsSingle()).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Quotient(Vector512<int> a, Vector512<int> b, float scale) => Vector512.ConvertToInt32(Vector512.Floor(
        (Vector512.ConvertToSingle(a) * Vector512.Create(scale) / Vector512.ConvertToSingle(b & Vector512.Create(0xFFFF))) + Vector512.Create(0.5f)));
}
