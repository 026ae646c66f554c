namespace Transcode.Engine.Tuning.Vectors;

/// <summary>What kernels ask of a machine's vectors of 32-bit numbers: ints with their sign, and numbers in single precision, whose
/// operations are each rounded once, as IEEE 754 says. So every way gives the same.</summary>
/// <typeparam name="TVector">The vectors of <see cref="IWords{TVector}"/>; here their bits are read in twos.</typeparam>
internal unsafe interface IInts<TVector>
    where TVector : struct
{
    /// <summary>Half a vector's worth of words with a sign, each as an int.</summary>
    static abstract TVector LoadShortsAsInts(short* from);

    /// <summary>Ints that are words with a sign.</summary>
    static abstract void StoreIntsAsShorts(TVector value, short* to);

    /// <summary>Ints that are bytes.</summary>
    static abstract void StoreIntsAsBytes(TVector value, byte* to);

    /// <summary>Sixteen bytes after the other, each from so many words further on.</summary>
    static abstract TVector LoadApart(short* from, nint words);

    /// <summary>The n-th sixteen bytes to <c>to[4n]</c>, so many bytes on.</summary>
    static abstract void StoreApart(TVector value, byte** to, nint bytes);

    static abstract TVector FillInts(int value);

    static abstract TVector AddInts(TVector a, TVector b);

    static abstract TVector SubtractInts(TVector a, TVector b);

    /// <summary>The products' lower halves.</summary>
    static abstract TVector MultiplyInts(TVector a, TVector b);

    /// <summary>Products of 64 bits, shifted to the right with their sign; what is left fits an int.</summary>
    /// <param name="a">Without its lower 13 bits, times <paramref name="b"/>, it fits an int.</param>
    /// <param name="b">0 to 2^18 − 1.</param>
    /// <param name="bits">13 to 31.</param>
    static abstract TVector MultiplyShifted(TVector a, TVector b, int bits);

    static abstract TVector MinInts(TVector a, TVector b);

    static abstract TVector MaxInts(TVector a, TVector b);

    /// <summary>Whether any of <paramref name="a"/> is greater than its counterpart.</summary>
    static abstract bool IsAnyIntGreater(TVector a, TVector b);

    static abstract TVector ShiftLeftInts(TVector value, int bits);

    /// <summary>Keeping the sign.</summary>
    static abstract TVector ShiftRightInts(TVector value, int bits);

    /// <summary>Without regard to the sign.</summary>
    static abstract TVector ShiftRightIntsUnsigned(TVector value, int bits);

    /// <summary>All of a vector's ints, which are not below zero.</summary>
    static abstract long Sum(TVector ints);

    /// <summary>Of words with a sign: neighbours' products with their counterparts, added to one int.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b);

    /// <summary>Within each 16 bytes, the ints of both as words with a sign, held within their range: the reverse of zipping words.</summary>
    static abstract TVector Pack(TVector low, TVector high);

    /// <summary>Within each 16 bytes, the lower halves' ints in turn.</summary>
    static abstract TVector ZipLowInts(TVector a, TVector b);

    static abstract TVector ZipHighInts(TVector a, TVector b);

    /// <summary>Within each 16 bytes, the lower halves.</summary>
    static abstract TVector ZipLowLongs(TVector a, TVector b);

    static abstract TVector ZipHighLongs(TVector a, TVector b);

    /// <summary>Each 16 bytes as 4 × 4 with rows for columns.</summary>
    static abstract TVector TurnBytes(TVector value);

    /// <summary>Rounded to the nearest.</summary>
    static abstract TVector SinglesOfInts(TVector ints);

    /// <summary>Cut off to whole numbers, which fit an int.</summary>
    static abstract TVector IntsOfSingles(TVector singles);

    /// <summary>The first half of a vector's words in single precision.</summary>
    static abstract TVector LowSingles(TVector words);

    /// <summary>The second half.</summary>
    static abstract TVector HighSingles(TVector words);

    /// <summary>Cut off to whole numbers, which fit a word.</summary>
    static abstract TVector FromSingles(TVector low, TVector high);

    static abstract TVector FillSingles(float value);

    static abstract TVector AddSingles(TVector a, TVector b);

    static abstract TVector MultiplySingles(TVector a, TVector b);

    static abstract TVector DivideSingles(TVector a, TVector b);

    /// <summary>Of numbers: what is none has no place here.</summary>
    static abstract TVector MinSingles(TVector a, TVector b);

    /// <inheritdoc cref="MinSingles"/>
    static abstract TVector MaxSingles(TVector a, TVector b);

    static abstract TVector SquareRoot(TVector singles);

    /// <summary>⌊a·scale/b + ½⌋ as a word with a sign. Both are exact in single precision, and so is the product with a power of
    /// two; the quotient is rounded once.</summary>
    /// <param name="a">Words with a sign.</param>
    /// <param name="b">Words of at least 1.</param>
    /// <param name="scale">A power of two.</param>
    static abstract TVector Quotient(TVector a, TVector b, float scale);
}
