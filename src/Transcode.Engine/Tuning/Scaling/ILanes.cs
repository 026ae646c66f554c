namespace Transcode.Engine.Tuning.Scaling;

/// <summary>What the kernels ask of a machine's vectors. A vector is whole lanes of 16 bytes; wherever two vectors meet, they
/// do so lane by lane. Shorts, ints and bytes are the same bits, read as each method says.</summary>
/// <typeparam name="TVector">A vector of bytes.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>16-byte lanes in a vector: 1, 2 or 4.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(short* from);

    /// <summary>Half a vector of bytes, each as a short.</summary>
    static abstract TVector LoadBytes(byte* from);

    /// <summary>Lane after lane, each from so many shorts further on.</summary>
    static abstract TVector LoadApart(short* from, nint shorts);

    static abstract void Store(TVector value, short* to);

    /// <summary>Lane <c>n</c> to <c>to[4n]</c>, so many bytes on.</summary>
    static abstract void StoreApart(TVector value, byte** to, nint bytes);

    /// <summary>An int in every place.</summary>
    static abstract TVector Fill(int value);

    /// <summary>Of shorts: neighbours' products with their counterparts, added to one int.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b);

    /// <summary>Of ints.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Of ints, keeping the sign.</summary>
    static abstract TVector ShiftRight(TVector value, int bits);

    /// <summary>A lane's ints of both, as shorts, held within their range.</summary>
    static abstract TVector ToShorts(TVector a, TVector b);

    /// <summary>A lane's shorts of both, as bytes, held within 0 and 255.</summary>
    static abstract TVector ToBytes(TVector a, TVector b);

    /// <summary>Shorts held within 0 and a largest one.</summary>
    static abstract TVector Clamp(TVector value, short largest);

    /// <summary>The lower halves' shorts in turn: a0 b0 a1 b1…</summary>
    static abstract TVector ZipLow16(TVector a, TVector b);

    static abstract TVector ZipHigh16(TVector a, TVector b);

    static abstract TVector ZipLow32(TVector a, TVector b);

    static abstract TVector ZipHigh32(TVector a, TVector b);

    static abstract TVector ZipLow64(TVector a, TVector b);

    static abstract TVector ZipHigh64(TVector a, TVector b);

    /// <summary>Each lane as 4 × 4 bytes with rows for columns.</summary>
    static abstract TVector TurnBytes(TVector value);
}
