using System.Runtime.CompilerServices;

namespace Transcode.Engine.Tuning.Denoise;

/// <content>A byte for a sample, from beginning to end.</content>
internal sealed unsafe partial class VectorTemporalDenoiser<TWords, TVector>
{
    /// <summary>The largest threshold of the sum at which what both sides add to a sample fits a byte with its sign.</summary>
    private const int LargestSum = sbyte.MaxValue / 2;

    /// <summary>⌈65,536/k⌉ at k, of 16 bytes; 65,535 for 1, of which a sample is divided by itself in any case.</summary>
    private static readonly byte[] LowerReciprocals = [.. Enumerable.Range(0, 16).Select(k => (byte)Reciprocal(k))];

    private static readonly byte[] UpperReciprocals = [.. Enumerable.Range(0, 16).Select(k => (byte)(Reciprocal(k) >> 8))];

    /// <summary>128, and what a sum of k samples is rounded by; 1 for 1, so that 257 times its reciprocal has 256 whole ones.</summary>
    private static readonly byte[] Halves = [.. Enumerable.Range(0, 16).Select(k => (byte)(128 + Math.Max(1, k / 2)))];

    private bool FitsBytes => Shape.SampleBytes == 1 && Shape.Width >= 2 * TWords.Count && Thresholds.OfSum <= LargestSum;

    /// <summary>A row of samples of 8 bits.</summary>
    /// <remarks>What is summed is what counterparts differ from the sample by, at most the threshold of the sum to each side. The mean is the sample and
    /// ⌊(Σ + ⌊k/2⌋)/k⌋ of these; 256·k is added so that nothing is below zero, and 256 of the quotient fall off with its upper byte.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Bytes(byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target)
    {
        int count = 2 * TWords.Count;
        TVector lower = TWords.Table(LowerReciprocals), upper = TWords.Table(UpperReciprocals), halves = TWords.Table(Halves);
        TVector none = TWords.Fill(0), lowerByte = TWords.Fill(byte.MaxValue), middle = TWords.FillBytes(128);
        TVector one = TWords.FillBytes(1), all = TWords.FillBytes((byte)(1 + beforeCount + afterCount));
        for (nint from = 0; from < Shape.Width; from += count)
        {
            // The last vector of a row ends with it, and makes some samples once more.
            nint x = Math.Min(from, Shape.Width - count);
            TVector sample = TWords.Load(centre + x), sum = middle, taken = all;
            Side(sample, before, beforeCount, x, ref sum, ref taken);
            Side(sample, after, afterCount, x, ref sum, ref taken);
            TVector half = TWords.Lookup(halves, taken), whole = TWords.SubtractBytes(taken, one);
            TVector low = TWords.Lookup(lower, taken), high = TWords.Lookup(upper, taken);
            TVector first = TWords.Add(TWords.ZipLowBytes(sum, none), TWords.ZipLowBytes(half, whole));
            TVector second = TWords.Add(TWords.ZipHighBytes(sum, none), TWords.ZipHighBytes(half, whole));
            first = TWords.MultiplyHigh(first, TWords.ZipLowBytes(low, high));
            second = TWords.MultiplyHigh(second, TWords.ZipHighBytes(low, high));
            TVector mean = TWords.PackBytes(TWords.And(first, lowerByte), TWords.And(second, lowerByte));
            TWords.Store(TWords.AddBytes(sample, mean), target + x);
        }
    }

    /// <summary>Adds what a side's counterparts differ by, and takes one off for each that does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Side(TVector sample, byte** rows, int count, nint x, ref TVector sum, ref TVector taken)
    {
        // Both reach 255, and stay there, as soon as something is beyond its threshold. No difference within the sum's is beyond it by itself.
        TVector room = TWords.FillBytes((byte)(byte.MaxValue - 1 - Math.Min(Thresholds.OfOne, Thresholds.OfSum)));
        TVector apart = TWords.FillBytes((byte)(byte.MaxValue - 1 - Thresholds.OfSum)), furthest = TWords.Fill(0), end = TWords.FillBytes(byte.MaxValue);
        for (int i = 0; i < count; i++)
        {
            TVector counterpart = TWords.Load(rows[i] + x);
            TVector difference = TWords.Or(
                TWords.SubtractBytesSaturated(counterpart, sample), TWords.SubtractBytesSaturated(sample, counterpart));
            apart = TWords.AddBytesSaturated(apart, difference);
            furthest = TWords.MaxBytes(furthest, TWords.AddBytesSaturated(difference, room));
            TVector ended = TWords.SameBytesAs(TWords.MaxBytes(furthest, apart), end);
            sum = TWords.AddBytes(sum, TWords.Without(TWords.SubtractBytes(counterpart, sample), ended));
            taken = TWords.AddBytes(taken, ended);
        }
    }

    private static int Reciprocal(int k) => k == 1 ? ushort.MaxValue : k == 0 ? 0 : (65536 + k - 1) / k;
}
