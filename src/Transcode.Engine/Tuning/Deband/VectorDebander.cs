using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Deband;

/// <summary>The arithmetic of <see cref="Debander"/> by vectors of 16-bit words; what is too near the picture's sides for a
/// whole vector, one sample after the other.</summary>
internal sealed unsafe class VectorDebander<TWords, TVector>(PlaneShape shape, DebandOptions options) : Debander(shape, options)
    where TWords : IWords<TVector>
    where TVector : struct
{
    protected override void Row(int y, byte* row, byte* above, byte* below, byte* target)
    {
        if (Shape.SampleBytes == 1)
        {
            Row<byte>(y, row, above, below, target);
        }
        else
        {
            Row<ushort>(y, row, above, below, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TSample>(int y, byte* row, byte* above, byte* below, byte* target)
        where TSample : unmanaged
    {
        int reach = Options.Reach;
        int first = reach, end = Shape.Width - reach;
        if (end - first < TWords.Count)
        {
            first = end = 0;
        }

        Aside<TSample>(0, first, y, row, above, below, target);
        TVector threshold = TWords.Fill((ushort)Options.Threshold);
        TVector none = TWords.Fill(0);
        for (nint from = first; from < end; from += TWords.Count)
        {
            // The last vector ends with what all its samples can be worked out for, and makes some once more.
            nint x = Math.Min(from, end - TWords.Count);
            TVector sample = SampleVector<TSample, TWords, TVector>.Load(row, x);
            TVector sum = TWords.Add(
                TWords.Add(SampleVector<TSample, TWords, TVector>.Load(above, x - reach), SampleVector<TSample, TWords, TVector>.Load(above, x + reach)),
                TWords.Add(SampleVector<TSample, TWords, TVector>.Load(below, x - reach), SampleVector<TSample, TWords, TVector>.Load(below, x + reach)));
            TVector mean = TWords.ShiftRight(sum, 2);
            TVector apart = TWords.Or(TWords.SubtractSaturated(sample, mean), TWords.SubtractSaturated(mean, sample));
            TVector far = TWords.SameAs(TWords.SubtractSaturated(threshold, apart), none);
            TVector pattern = TWords.FillPair((ushort)Options.Quarters((int)x, y), (ushort)Options.Quarters((int)x + 1, y));
            TVector dithered = TWords.ShiftRight(TWords.Add(sum, pattern), 2);
            SampleVector<TSample, TWords, TVector>.Store(TWords.Select(far, sample, dithered), target, x);
        }

        Aside<TSample>(end, Shape.Width, y, row, above, below, target);
    }

    private void Aside<TSample>(int first, int end, int y, byte* row, byte* above, byte* below, byte* target)
        where TSample : unmanaged
    {
        for (int x = first; x < end; x++)
        {
            ScalarDebander.Sample<TSample>(x, y, row, above, below, target, Shape.Width, Options);
        }
    }
}
