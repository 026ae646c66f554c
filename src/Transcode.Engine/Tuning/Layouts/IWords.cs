namespace Transcode.Engine.Tuning.Layouts;

/// <summary>What laying out asks of a machine's vectors of 16-bit words: samples, whatever they lie in.</summary>
/// <typeparam name="TVector">A vector of words.</typeparam>
internal unsafe interface IWords<TVector>
    where TVector : struct
{
    /// <summary>Words of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ushort* from);

    static abstract TVector LoadBytes(byte* from);

    /// <summary>Of bytes in pairs, the first ones.</summary>
    static abstract TVector LoadPairs(byte* from, out TVector second);

    /// <summary>Of words in pairs, the first ones.</summary>
    static abstract TVector LoadPairs(ushort* from, out TVector second);

    static abstract void Store(TVector value, ushort* to);

    /// <summary>Their lower bytes.</summary>
    static abstract void StoreBytes(TVector value, byte* to);

    /// <summary>Their lower bytes in pairs.</summary>
    static abstract void StorePairs(TVector first, TVector second, byte* to);

    static abstract void StorePairs(TVector first, TVector second, ushort* to);

    static abstract TVector ShiftLeft(TVector value, int bits);

    static abstract TVector ShiftRight(TVector value, int bits);

    /// <summary>min(255, (s + 1 + bit 2 of s) ≫ 2): a quarter, rounded to the nearest and to the even of two.</summary>
    static abstract TVector Narrow(TVector value);
}
