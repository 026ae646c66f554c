namespace Transcode.Engine.Tuning.Vectors;

/// <summary>What kernels ask of a machine's vectors of 16-bit words. Every way gives the same words.</summary>
/// <typeparam name="TVector">A vector of words without a sign; where a method says so, its bits are read with one.</typeparam>
internal unsafe interface IWords<TVector>
    where TVector : struct
{
    /// <summary>Words in a vector: 8, 16 or 32.</summary>
    static abstract int Count { get; }

    /// <summary>A vector as it lies in memory.</summary>
    static abstract TVector Load(void* from);

    static abstract void Store(TVector value, void* to);

    /// <summary>A vector's worth of bytes, each as a word.</summary>
    static abstract TVector LoadBytes(byte* from);

    /// <summary>Words of 255 at most, as bytes.</summary>
    static abstract void StoreBytes(TVector value, byte* to);

    /// <summary>Two vectors' worth of words in pairs: the first ones.</summary>
    static abstract TVector LoadPairs(ushort* from, out TVector second);

    /// <summary>The reverse.</summary>
    static abstract void StorePairs(TVector first, TVector second, ushort* to);

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

    /// <summary>Of words with a sign.</summary>
    static abstract TVector MinSigned(TVector a, TVector b);

    /// <summary>Of words with a sign.</summary>
    static abstract TVector MaxSigned(TVector a, TVector b);

    /// <summary>Of words with a sign, held within 0 and a largest one.</summary>
    static abstract TVector Clamp(TVector value, short largest);

    /// <summary>Of words with a sign.</summary>
    static abstract TVector Abs(TVector value);

    static abstract TVector And(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    /// <summary>All bits where both are the same, else none.</summary>
    static abstract TVector SameAs(TVector a, TVector b);

    /// <summary>Bits of <paramref name="yes"/> where the mask has one, else of <paramref name="no"/>.</summary>
    static abstract TVector Select(TVector mask, TVector yes, TVector no);

    /// <summary>Of words with a sign: <paramref name="yes"/> where <paramref name="a"/> is greater than <paramref name="b"/>, else the other.</summary>
    static abstract TVector IfGreater(TVector a, TVector b, TVector yes, TVector no);

    static abstract TVector ShiftLeft(TVector value, int bits);

    static abstract TVector ShiftRight(TVector value, int bits);

    /// <summary>Keeping the sign.</summary>
    static abstract TVector ShiftRightSigned(TVector value, int bits);

    /// <summary>The products' lower halves.</summary>
    static abstract TVector MultiplyLow(TVector a, TVector b);

    /// <summary>The products' upper halves.</summary>
    static abstract TVector MultiplyHigh(TVector a, TVector b);

    /// <summary>Of words with a sign, not both −32,768: (a·b + 2^14) ≫ 15.</summary>
    static abstract TVector MultiplyRounded(TVector a, TVector b);

    /// <summary>Within each 16 bytes, the lower halves' words in turn: a0 b0 a1 b1…</summary>
    static abstract TVector ZipLow(TVector a, TVector b);

    static abstract TVector ZipHigh(TVector a, TVector b);

    /// <summary>Within each 16 bytes, words with a sign of both as bytes, held within 0 and 255.</summary>
    static abstract TVector PackBytes(TVector low, TVector high);

    /// <summary>Each byte of an index, 0 to 15, as the byte of the table that it names.</summary>
    static abstract TVector Lookup(TVector table, TVector index);
}
