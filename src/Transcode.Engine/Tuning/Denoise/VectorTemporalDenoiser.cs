using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>The arithmetic of <see cref="TemporalDenoiser"/> by vectors of 16-bit words, or of bytes where samples have no more and the
/// thresholds are usual ones: <see cref="VectorTemporalDenoiser{TWords, TVector}.Bytes"/>.</summary>
/// <remarks>A sum of nine samples of 10 bits and the half of nine is 9,211 at most, and ⌈65,536/k⌉·k exceeds 65,536 by 5 at most
/// for k up to 9: so ⌊sum·⌈65,536/k⌉/65,536⌋ is ⌊sum/k⌋ exactly.</remarks>
internal sealed unsafe partial class VectorTemporalDenoiser<TWords, TVector>(PlaneShape shape, TemporalThresholds thresholds)
    : TemporalDenoiser(shape, thresholds)
    where TWords : ILanes<TVector>
    where TVector : struct
{
    /// <summary>⌈65,536/k⌉ for k from 2 to 9: the lower bytes, then the upper ones.</summary>
    private static readonly byte[] Reciprocals = MakeReciprocals();

    protected override void Row(byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target)
    {
        if (FitsBytes)
        {
            Bytes(centre, before, beforeCount, after, afterCount, target);
        }
        else if (Shape.SampleBytes == 1)
        {
            Row<byte>(centre, before, beforeCount, after, afterCount, target);
        }
        else
        {
            Row<ushort>(centre, before, beforeCount, after, afterCount, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TSample>(byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target)
        where TSample : unmanaged
    {
        int width = Shape.Width;
        if (width < TWords.Count)
        {
            for (int x = 0; x < width; x++)
            {
                ScalarTemporalDenoiser.Sample<TSample>(centre, before, beforeCount, after, afterCount, target, x, Thresholds);
            }

            return;
        }

        TVector one = TWords.Fill((ushort)Thresholds.OfOne);
        TVector whole = TWords.Fill((ushort)Thresholds.OfSum);
        TVector table = TWords.Table(Reciprocals);
        for (nint from = 0; from < width; from += TWords.Count)
        {
            // The last vector of a row ends with it, and makes some samples once more.
            nint x = Math.Min(from, width - TWords.Count);
            TVector sample = SampleVector<TSample, TWords, TVector>.Load(centre, x);
            TVector sum = sample;
            TVector taken = TWords.Fill(1);
            Side<TSample>(sample, before, beforeCount, x, one, whole, ref sum, ref taken);
            Side<TSample>(sample, after, afterCount, x, one, whole, ref sum, ref taken);
            SampleVector<TSample, TWords, TVector>.Store(Mean(sample, sum, taken, table), target, x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Side<TSample>(
        TVector sample, byte** rows, int count, nint x, TVector one, TVector whole, ref TVector sum, ref TVector taken)
        where TSample : unmanaged
    {
        TVector none = TWords.Fill(0);
        TVector apart = none, excess = none;
        for (int i = 0; i < count; i++)
        {
            TVector counterpart = SampleVector<TSample, TWords, TVector>.Load(rows[i], x);
            TVector difference = TWords.Or(TWords.SubtractSaturated(counterpart, sample), TWords.SubtractSaturated(sample, counterpart));
            apart = TWords.AddSaturated(apart, difference);

            // What was ever too far leaves something here for good.
            excess = TWords.Or(excess, TWords.Or(TWords.SubtractSaturated(difference, one), TWords.SubtractSaturated(apart, whole)));
            TVector alike = TWords.SameAs(excess, none);
            sum = TWords.Add(sum, TWords.And(alike, counterpart));
            taken = TWords.Subtract(taken, alike);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mean(TVector sample, TVector sum, TVector taken, TVector table)
    {
        // k − 2 to look up the lower byte by, k + 6 for the upper one.
        TVector index = TWords.Add(TWords.Or(taken, TWords.ShiftLeft(taken, 8)), TWords.Fill(0x0800 - 0x0202));
        TVector mean = TWords.MultiplyHigh(TWords.Add(sum, TWords.ShiftRight(taken, 1)), TWords.Lookup(table, index));
        return TWords.Select(TWords.SameAs(taken, TWords.Fill(1)), sample, mean);
    }

    private static byte[] MakeReciprocals()
    {
        byte[] table = new byte[16];
        for (int k = 2; k <= 9; k++)
        {
            int reciprocal = (65536 + k - 1) / k;
            table[k - 2] = (byte)reciprocal;
            table[k + 6] = (byte)(reciprocal >> 8);
        }

        return table;
    }
}
