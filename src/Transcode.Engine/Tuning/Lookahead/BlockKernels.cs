using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Own = Transcode.Engine.Tuning.Vectors.Lanes128<Transcode.Engine.Tuning.Vectors.Instructions.Own>;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>What two blocks of 8×8 samples differ by. Whole numbers: the same on every machine.</summary>
internal static unsafe class BlockKernels
{
    public const int Side = 8;

    /// <summary>Sum of absolute differences, 0 to 16,320.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sad(byte* a, nint aStride, byte* b, nint bStride)
    {
        Vector128<ushort> sum = Vector128<ushort>.Zero;
        for (int row = 0; row < Side; row += 2)
        {
            sum += Apart(TwoRows(a, aStride), TwoRows(b, bStride));
            a += 2 * aStride;
            b += 2 * bStride;
        }

        return Vector128.Sum(sum);
    }

    /// <summary><see cref="Sad"/> to the mean, rounded up, of two blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SadToMean(byte* a, byte* b, byte* c, nint stride)
    {
        Vector128<ushort> sum = Vector128<ushort>.Zero;
        for (int row = 0; row < Side; row += 2)
        {
            sum += Apart(TwoRows(a, stride), Mean(TwoRows(b, stride), TwoRows(c, stride)));
            a += 2 * stride;
            b += 2 * stride;
            c += 2 * stride;
        }

        return Vector128.Sum(sum);
    }

    /// <summary>Sum of the absolute Hadamard coefficients of a block's differences, a quarter of it so that it compares with
    /// <see cref="Sad"/>: what is left to code after a transform.</summary>
    /// <param name="rows04">Rows 0 and 4 of the differences, each within ±255; the others alike.</param>
    /// <param name="rows15">Rows 1 and 5.</param>
    /// <param name="rows26">Rows 2 and 6.</param>
    /// <param name="rows37">Rows 3 and 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Satd(Vector256<short> rows04, Vector256<short> rows15, Vector256<short> rows26, Vector256<short> rows37)
    {
        // Down, but for the step between a vector's own halves.
        Vector256<short> a = rows04 + rows15, b = rows04 - rows15, c = rows26 + rows37, d = rows26 - rows37;
        (a, b, c, d) = (a + c, b + d, a - c, b - d);

        // Across: to zip two rows puts next to each other what is half a row apart.
        (a, b, c, d) = Across(a, b, c, d);
        (a, b, c, d) = Across(a, b, c, d);
        (a, b, c, d) = Across(a, b, c, d);

        // |x + y| + |x − y| = 2·max(|x|, |y|): the last step of all needs no sums.
        Vector128<short> sum = Larger(a) + Larger(b) + Larger(c) + Larger(d);
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(sum);
        return (Vector128.Sum(low + high) + 1) >> 1;
    }

    /// <summary>Two rows of a block, four apart, as shorts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Rows(byte* from, nint stride) =>
        Avx2.IsSupported
            ? Avx2.ConvertToVector256Int16(TwoRows(from, 4 * stride))
            : Vector256.Create(Row(from), Row(from + (4 * stride)));

    /// <summary>A row of a block, as shorts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Row(byte* from) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte()).AsInt16();

    /// <summary><see cref="Rows"/> of the mean, rounded up, of two blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Rows(byte* one, byte* other, nint stride)
    {
        Vector128<byte> mean = Mean(TwoRows(one, 4 * stride), TwoRows(other, 4 * stride));
        return Avx2.IsSupported
            ? Avx2.ConvertToVector256Int16(mean)
            : Vector256.Create(Vector128.WidenLower(mean).AsInt16(), Vector128.WidenUpper(mean).AsInt16());
    }

    /// <summary>Where a block at a half sample's place begins.</summary>
    /// <param name="from">The whole sample at the block's own place.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="plane">Bytes from a sample to that half a sample to the right of it.</param>
    /// <param name="across">In half samples.</param>
    /// <param name="down">In half samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Half(byte* from, nint stride, nint plane, int across, int down) =>
        from + ((down >> 1) * stride) + (across >> 1) + ((((down & 1) * 2) + (across & 1)) * plane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> TwoRows(byte* from, nint stride) => Vector128.Create(*(ulong*)from, *(ulong*)(from + stride)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Mean(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.Average(a, b) : (a | b) - ((a ^ b) >>> 1 & Vector128.Create((byte)0x7F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Apart(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.SumAbsoluteDifferences(a, b);
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Max(a, b) - Vector128.Min(a, b));
        return low + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> A, Vector256<short> B, Vector256<short> C, Vector256<short> D) Across(
        Vector256<short> a, Vector256<short> b, Vector256<short> c, Vector256<short> d)
    {
        Vector256<short> e = ZipLow(a, b), f = ZipHigh(a, b), g = ZipLow(c, d), h = ZipHigh(c, d);
        return (e + f, e - f, g + h, g - h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Larger(Vector256<short> value)
    {
        Vector256<short> size = Vector256.Abs(value);
        return Vector128.Max(size.GetLower(), size.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> ZipLow(Vector256<short> a, Vector256<short> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackLow(a, b)
            : Vector256.Create(
                Own.ZipLow(a.GetLower().AsUInt16(), b.GetLower().AsUInt16()).AsInt16(), Own.ZipLow(a.GetUpper().AsUInt16(), b.GetUpper().AsUInt16()).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> ZipHigh(Vector256<short> a, Vector256<short> b) =>
        Avx2.IsSupported
            ? Avx2.UnpackHigh(a, b)
            : Vector256.Create(
                Own.ZipHigh(a.GetLower().AsUInt16(), b.GetLower().AsUInt16()).AsInt16(), Own.ZipHigh(a.GetUpper().AsUInt16(), b.GetUpper().AsUInt16()).AsInt16());
}
