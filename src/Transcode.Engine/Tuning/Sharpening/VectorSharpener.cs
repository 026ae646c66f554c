using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Sharpening;

/// <summary>The arithmetic of <see cref="Sharpener"/> by vectors; a row's first and last sample by themselves.</summary>
internal sealed unsafe class VectorSharpener<TWords, TVector>(PlaneShape shape, int hundredths) : Sharpener(shape, hundredths)
    where TWords : IWords<TVector>
    where TVector : struct
{
    protected override void Row(byte* above, byte* row, byte* below, byte* target)
    {
        if (Shape.SampleBytes == 1)
        {
            Row<byte>(above, row, below, target);
        }
        else
        {
            Row<ushort>(above, row, below, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TSample>(byte* above, byte* row, byte* below, byte* target)
        where TSample : unmanaged
    {
        int first = 1, end = Shape.Width - 1;
        if (end - first < TWords.Count)
        {
            first = end = 0;
        }

        Aside<TSample>(0, first, above, row, below, target);
        for (nint from = first; from < end; from += TWords.Count)
        {
            // The last vector ends with the last sample but one, and makes some once more.
            nint x = Math.Min(from, end - TWords.Count);
            TVector sharpened = Sharpened<TSample>(above, row, below, x);
            SampleVector<TSample, TWords, TVector>.Store(sharpened, target, x);
        }

        Aside<TSample>(end, Shape.Width, above, row, below, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Sharpened<TSample>(byte* above, byte* row, byte* below, nint x)
        where TSample : unmanaged
    {
        TVector up = SampleVector<TSample, TWords, TVector>.Load(above, x), down = SampleVector<TSample, TWords, TVector>.Load(below, x);
        TVector before = SampleVector<TSample, TWords, TVector>.Load(row, x - 1), after = SampleVector<TSample, TWords, TVector>.Load(row, x + 1);
        TVector sample = SampleVector<TSample, TWords, TVector>.Load(row, x);
        TVector a = SampleVector<TSample, TWords, TVector>.Load(above, x - 1), c = SampleVector<TSample, TWords, TVector>.Load(above, x + 1);
        TVector g = SampleVector<TSample, TWords, TVector>.Load(below, x - 1), i = SampleVector<TSample, TWords, TVector>.Load(below, x + 1);
        TVector n = TWords.Min(TWords.Min(TWords.Min(up, down), TWords.Min(before, after)), sample);
        n = TWords.Add(n, TWords.Min(n, TWords.Min(TWords.Min(a, c), TWords.Min(g, i))));
        TVector m = TWords.Max(TWords.Max(TWords.Max(up, down), TWords.Max(before, after)), sample);
        m = TWords.Add(m, TWords.Max(m, TWords.Max(TWords.Max(a, c), TWords.Max(g, i))));
        TVector room = TWords.Min(n, TWords.SubtractSaturated(TWords.Fill((ushort)((2 * Shape.Largest) + 1)), m));
        m = TWords.Max(m, TWords.Fill(1));
        TVector cross = TWords.Add(TWords.Add(up, before), TWords.Add(after, down));
        return TWords.FromSingles(
            Sharpened(TWords.LowSingles(room), TWords.LowSingles(m), TWords.LowSingles(cross), TWords.LowSingles(sample)),
            Sharpened(TWords.HighSingles(room), TWords.HighSingles(m), TWords.HighSingles(cross), TWords.HighSingles(sample)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Sharpened(TVector room, TVector m, TVector cross, TVector sample)
    {
        TVector ratio = TWords.ClampSingles(TWords.DivideSingles(room, m), 0, 1);
        TVector weight = TWords.DivideSingles(TWords.SquareRoot(ratio), TWords.FillSingle(Divisor));
        TVector above = TWords.AddSingles(TWords.MultiplySingles(cross, weight), sample);
        TVector below = TWords.AddSingles(TWords.FillSingle(1), TWords.MultiplySingles(TWords.FillSingle(4), weight));
        return TWords.AddSingles(TWords.ClampSingles(TWords.DivideSingles(above, below), 0, Shape.Largest), TWords.FillSingle(0.5f));
    }

    private void Aside<TSample>(int first, int end, byte* above, byte* row, byte* below, byte* target)
        where TSample : unmanaged
    {
        for (int x = first; x < end; x++)
        {
            ScalarSharpener.Sample<TSample>(x, above, row, below, target, Shape, Divisor);
        }
    }
}
