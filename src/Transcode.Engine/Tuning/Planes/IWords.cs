namespace Transcode.Engine.Tuning.Planes;

/// <summary>What kernels over samples ask of a machine's vectors of 16-bit words. Every way gives the same words.</summary>
/// <typeparam name="TVector">A vector of words without a sign; where a method says so, its bits are read with one.</typeparam>
internal unsafe interface IWords<TVector>
    where TVector : struct
{
    /// <summary>Words in a vector: 8, 16 or 32.</summary>
    static abstract int Count { get; }

    /// <summary>A vector's worth of bytes, each as a word.</summary>
    static abstract TVector LoadBytes(byte* from);

    static abstract TVector Load(ushort* from);

    /// <summary>Words of 255 at most, as bytes.</summary>
    static abstract void StoreBytes(TVector value, byte* to);

    static abstract void Store(TVector value, ushort* to);

    static abstract TVector Fill(ushort value);

    /// <summary>Two words in turn.</summary>
    static abstract TVector FillPair(ushort even, ushort odd);

    /// <summary>Sixteen bytes again and again, for <see cref="Lookup"/>.</summary>
    static abstract TVector Table(ReadOnlySpan<byte> sixteen);

    /// <summary>What is too large loses its upper bits.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>65,535 where the sum is larger.</summary>
    static abstract TVector AddSaturated(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>Zero where <paramref name="b"/> is larger.</summary>
    static abstract TVector SubtractSaturated(TVector a, TVector b);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    /// <summary>All bits where both are the same, else none.</summary>
    static abstract TVector SameAs(TVector a, TVector b);

    /// <summary>Bits of <paramref name="yes"/> where the mask has one, else of <paramref name="no"/>.</summary>
    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    static abstract TVector ShiftLeft(TVector value, int bits);

    static abstract TVector ShiftRight(TVector value, int bits);

    /// <summary>The products' lower halves.</summary>
    static abstract TVector MultiplyLow(TVector a, TVector b);

    /// <summary>The products' upper halves.</summary>
    static abstract TVector MultiplyHigh(TVector a, TVector b);

    /// <summary>Of words with a sign, not both −32,768: (a·b + 2^14) ≫ 15.</summary>
    static abstract TVector MultiplyRounded(TVector a, TVector b);

    /// <summary>Of words with a sign: neighbours' products with their counterparts, added to one number of 32 bits.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b);

    /// <summary>Of numbers of 32 bits.</summary>
    static abstract TVector AddInts(TVector a, TVector b);

    /// <summary>Of numbers of 32 bits, keeping the sign.</summary>
    static abstract TVector ShiftRightInts(TVector value, int bits);

    /// <summary>Numbers of 32 bits in single precision.</summary>
    static abstract TVector SinglesOfInts(TVector ints);

    /// <summary>Cut off.</summary>
    static abstract TVector IntsOfSingles(TVector singles);

    /// <summary>Within each 16 bytes, the lower halves' words in turn: a0 b0 a1 b1…</summary>
    static abstract TVector ZipLow(TVector a, TVector b);

    static abstract TVector ZipHigh(TVector a, TVector b);

    /// <summary>Within each 16 bytes, numbers of 32 bits of both as words with a sign, held within their range: the reverse of
    /// zipping.</summary>
    static abstract TVector Pack(TVector low, TVector high);

    /// <summary>All of a vector's numbers of 32 bits, which are not below zero.</summary>
    static abstract long Sum(TVector ints);

    /// <summary>Each byte of an index, 0 to 15, as the byte of the table that it names.</summary>
    static abstract TVector Lookup(TVector table, TVector index);

    /// <summary>⌊a·scale/b + ½⌋ as a word with a sign. Both are exact in single precision, and so is the product with a power of
    /// two; the quotient is rounded once, as IEEE 754 says, on every machine.</summary>
    /// <param name="a">With a sign.</param>
    /// <param name="b">At least 1.</param>
    /// <param name="scale">A power of two.</param>
    static abstract TVector Quotient(TVector a, TVector b, float scale);

    /// <summary>The first half of the words in single precision. What is done with these is rounded once an operation, as IEEE
    /// 754 says, and so is the same on every machine.</summary>
    static abstract TVector LowSingles(TVector words);

    /// <summary>The second half.</summary>
    static abstract TVector HighSingles(TVector words);

    /// <summary>Cut off to whole numbers, which fit a word.</summary>
    static abstract TVector FromSingles(TVector low, TVector high);

    static abstract TVector FillSingle(float value);

    static abstract TVector AddSingles(TVector a, TVector b);

    static abstract TVector MultiplySingles(TVector a, TVector b);

    static abstract TVector DivideSingles(TVector a, TVector b);

    /// <summary>Within a range.</summary>
    static abstract TVector ClampSingles(TVector value, float least, float most);

    static abstract TVector SquareRoot(TVector singles);
}
