using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Sharpening;

/// <summary>The arithmetic of <see cref="Sharpener"/> by vectors; a row's first and last sample by themselves.</summary>
internal sealed unsafe class VectorSharpener<TLanes, TVector>(PlaneShape shape, int hundredths) : Sharpener(shape, hundredths)
    where TLanes : ILanes<TVector>
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
        if (end - first < TLanes.Count)
        {
            first = end = 0;
        }

        Aside<TSample>(0, first, above, row, below, target);
        for (nint from = first; from < end; from += TLanes.Count)
        {
            // The last vector ends with the last sample but one, and makes some once more.
            nint x = Math.Min(from, end - TLanes.Count);
            TVector sharpened = Sharpened<TSample>(above, row, below, x);
            SampleVector<TSample, TLanes, TVector>.Store(sharpened, target, x);
        }

        Aside<TSample>(end, Shape.Width, above, row, below, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Sharpened<TSample>(byte* above, byte* row, byte* below, nint x)
        where TSample : unmanaged
    {
        TVector up = SampleVector<TSample, TLanes, TVector>.Load(above, x), down = SampleVector<TSample, TLanes, TVector>.Load(below, x);
        TVector before = SampleVector<TSample, TLanes, TVector>.Load(row, x - 1), after = SampleVector<TSample, TLanes, TVector>.Load(row, x + 1);
        TVector sample = SampleVector<TSample, TLanes, TVector>.Load(row, x);
        TVector a = SampleVector<TSample, TLanes, TVector>.Load(above, x - 1), c = SampleVector<TSample, TLanes, TVector>.Load(above, x + 1);
        TVector g = SampleVector<TSample, TLanes, TVector>.Load(below, x - 1), i = SampleVector<TSample, TLanes, TVector>.Load(below, x + 1);
        TVector n = TLanes.Min(TLanes.Min(TLanes.Min(up, down), TLanes.Min(before, after)), sample);
        n = TLanes.Add(n, TLanes.Min(n, TLanes.Min(TLanes.Min(a, c), TLanes.Min(g, i))));
        TVector m = TLanes.Max(TLanes.Max(TLanes.Max(up, down), TLanes.Max(before, after)), sample);
        m = TLanes.Add(m, TLanes.Max(m, TLanes.Max(TLanes.Max(a, c), TLanes.Max(g, i))));
        TVector room = TLanes.Min(n, TLanes.SubtractSaturated(TLanes.Fill((ushort)((2 * Shape.Largest) + 1)), m));
        m = TLanes.Max(m, TLanes.Fill(1));
        TVector cross = TLanes.Add(TLanes.Add(up, before), TLanes.Add(after, down));
        return TLanes.FromSingles(
            Sharpened(TLanes.LowSingles(room), TLanes.LowSingles(m), TLanes.LowSingles(cross), TLanes.LowSingles(sample)),
            Sharpened(TLanes.HighSingles(room), TLanes.HighSingles(m), TLanes.HighSingles(cross), TLanes.HighSingles(sample)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Sharpened(TVector room, TVector m, TVector cross, TVector sample)
    {
        TVector ratio = Clamp(TLanes.DivideSingles(room, m), 1);
        TVector weight = TLanes.DivideSingles(TLanes.SquareRoot(ratio), TLanes.FillSingles(Divisor));
        TVector above = TLanes.AddSingles(TLanes.MultiplySingles(cross, weight), sample);
        TVector below = TLanes.AddSingles(TLanes.FillSingles(1), TLanes.MultiplySingles(TLanes.FillSingles(4), weight));
        return TLanes.AddSingles(Clamp(TLanes.DivideSingles(above, below), Shape.Largest), TLanes.FillSingles(0.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp(TVector value, float largest) =>
        TLanes.MinSingles(TLanes.MaxSingles(value, TLanes.FillSingles(0)), TLanes.FillSingles(largest));

    private void Aside<TSample>(int first, int end, byte* above, byte* row, byte* below, byte* target)
        where TSample : unmanaged
    {
        for (int x = first; x < end; x++)
        {
            ScalarSharpener.Sample<TSample>(x, above, row, below, target, Shape, Divisor);
        }
    }
}
