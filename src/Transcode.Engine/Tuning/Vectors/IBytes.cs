namespace Transcode.Engine.Tuning.Vectors;

/// <summary>What kernels ask of a machine's vectors of bytes. Every way gives the same bytes.</summary>
/// <typeparam name="TVector">The vectors of <see cref="IWords{TVector}"/>; here their bits are read in eights, without a sign.</typeparam>
internal interface IBytes<TVector>
    where TVector : struct
{
    static abstract TVector FillBytes(byte value);

    /// <summary>What is too large loses its upper bits.</summary>
    static abstract TVector AddBytes(TVector a, TVector b);

    /// <summary>255 where the sum is larger.</summary>
    static abstract TVector AddBytesSaturated(TVector a, TVector b);

    /// <summary>What is below zero has 256 added.</summary>
    static abstract TVector SubtractBytes(TVector a, TVector b);

    /// <summary>Zero where <paramref name="b"/> is larger.</summary>
    static abstract TVector SubtractBytesSaturated(TVector a, TVector b);

    static abstract TVector MaxBytes(TVector a, TVector b);

    /// <summary>All bits where both are the same, else none.</summary>
    static abstract TVector SameBytesAs(TVector a, TVector b);

    /// <summary>Bits that the mask has not.</summary>
    static abstract TVector Without(TVector value, TVector mask);

    /// <summary>Within each 16 bytes, the lower halves' bytes in turn: a0 b0 a1 b1…</summary>
    static abstract TVector ZipLowBytes(TVector a, TVector b);

    static abstract TVector ZipHighBytes(TVector a, TVector b);
}
