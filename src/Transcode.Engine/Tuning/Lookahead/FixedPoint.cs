using System.Numerics;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>Numbers in 256ths.</summary>
internal static class FixedPoint
{
    public const int One = 256;

    /// <summary>To within two 256ths; the same on every machine, as a library's logarithm need not be.</summary>
    /// <param name="value">1 to 2^62.</param>
    public static int Log2(long value)
    {
        int whole = BitOperations.Log2((ulong)value);
        long fraction = (whole >= 16 ? value >> (whole - 16) : value << (16 - whole)) - 65536;

        // log2(1 + f) is near f + 0.344·f·(1 − f).
        long bend = fraction * (65536 - fraction) >> 16;
        return (whole * One) + (int)((fraction + (bend * 22544 >> 16)) >> 8);
    }
}
