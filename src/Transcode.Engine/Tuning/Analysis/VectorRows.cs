using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The sums of <see cref="RowKernels"/> by vectors of words; what is left of a row, one sample after the other.</summary>
internal sealed unsafe class VectorRows<TLanes, TVector> : RowKernels
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Vectors whose squares of gradients fit 32 bits: two of 4,092² each.</summary>
    private const int Together = 64;

    private readonly ScalarRows rest = new();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Stretch(ushort* from, ushort* to, int count, int bits)
    {
        // largest·l/n is l + k·l/n, and k·l/n is at most one more than what a factor cut off to 16 bits gives.
        int n = 219 << (bits - 8), k = (256 << (bits - 8)) - 1 - n;
        TVector lowest = TLanes.Fill((ushort)(16 << (bits - 8))), range = TLanes.Fill((ushort)n), excess = TLanes.Fill((ushort)k);
        TVector factor = TLanes.Fill((ushort)((k << 16) / n)), last = TLanes.Fill((ushort)(n - 1)), none = TLanes.Fill(0), one = TLanes.Fill(1);
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector limited = TLanes.Min(TLanes.SubtractSaturated(TLanes.Load(from + x), lowest), range);
            TVector quotient = TLanes.MultiplyHigh(limited, factor);
            TVector remainder = TLanes.Subtract(TLanes.MultiplyLow(limited, excess), TLanes.MultiplyLow(quotient, range));
            TVector whole = TLanes.SameAs(TLanes.SubtractSaturated(remainder, last), none);
            quotient = TLanes.Add(quotient, TLanes.Add(one, whole));
            TLanes.Store(TLanes.Add(limited, quotient), to + x);
        }

        rest.Stretch(from + x, to + x, count - (int)x, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradient(ushort* above, ushort* row, ushort* below, int first, int end, int bits, ref RowSums sums)
    {
        nint x = first;
        TVector steep = TLanes.Fill((ushort)((8 << (bits - 8)) - 1)), none = TLanes.Fill(0);
        TVector flat = none, sizes = none;
        long squares = 0;
        while (x + TLanes.Count <= end)
        {
            TVector together = none;
            for (int i = 0; i < Together && x + TLanes.Count <= end; i++, x += TLanes.Count)
            {
                TVector a = TLanes.Load(above + x - 1), c = TLanes.Load(above + x + 1), g = TLanes.Load(below + x - 1), k = TLanes.Load(below + x + 1);
                TVector middle = TLanes.Subtract(TLanes.Load(row + x + 1), TLanes.Load(row + x - 1));
                TVector across = TLanes.Add(TLanes.Add(TLanes.Subtract(c, a), TLanes.Subtract(k, g)), TLanes.Add(middle, middle));
                middle = TLanes.Subtract(TLanes.Load(below + x), TLanes.Load(above + x));
                TVector down = TLanes.Add(TLanes.Add(TLanes.Subtract(g, a), TLanes.Subtract(k, c)), TLanes.Add(middle, middle));
                TVector size = TLanes.Add(TLanes.Abs(across), TLanes.Abs(down));
                flat = TLanes.Subtract(flat, TLanes.SameAs(TLanes.SubtractSaturated(size, steep), none));
                TVector low = TLanes.ZipLow(across, down), high = TLanes.ZipHigh(across, down);
                low = TLanes.MultiplyAdd(low, low);
                high = TLanes.MultiplyAdd(high, high);
                together = TLanes.AddInts(together, TLanes.AddInts(low, high));
                sizes = TLanes.AddInts(sizes, TLanes.AddInts(Sixteenths(low), Sixteenths(high)));
            }

            squares += TLanes.Sum(together);
        }

        sums.GradientSquares += squares;
        sums.Gradients += TLanes.Sum(sizes);
        sums.Flat += TLanes.Sum(TLanes.MultiplyAdd(flat, TLanes.Fill(1)));
        rest.Gradient(above, row, below, (int)x, end, bits, ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Grain(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        TVector one = TLanes.Fill(1);
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector middle = Bend(row, x);
            TVector grain = TLanes.Subtract(TLanes.Add(Bend(above, x), Bend(below, x)), TLanes.Add(middle, middle));
            Add(TLanes.MultiplyAdd(TLanes.Abs(grain), one), pairs, x);
        }

        rest.Grain(above + x, row + x, below + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Change(ushort* row, ushort* before, int count, ref RowSums sums)
    {
        TVector one = TLanes.Fill(1), squares = TLanes.Fill(0), positive = squares, negative = squares;
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector now = TLanes.Load(row + x), then = TLanes.Load(before + x);
            TVector change = TLanes.Subtract(now, then);
            squares = TLanes.AddInts(squares, TLanes.MultiplyAdd(change, change));
            positive = TLanes.AddInts(positive, TLanes.MultiplyAdd(now, one));
            negative = TLanes.AddInts(negative, TLanes.MultiplyAdd(then, one));
            if ((x & 8191) == 8192 - TLanes.Count)
            {
                sums.ChangeSquares += TLanes.Sum(squares);
                squares = TLanes.Fill(0);
            }
        }

        sums.ChangeSquares += TLanes.Sum(squares);
        sums.Changes += TLanes.Sum(positive) - TLanes.Sum(negative);
        rest.Change(row + x, before + x, count - (int)x, ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Difference(ushort* row, ushort* before, int count, int* pairs)
    {
        TVector one = TLanes.Fill(1);
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector now = TLanes.Load(row + x), then = TLanes.Load(before + x);
            TVector apart = TLanes.Or(TLanes.SubtractSaturated(now, then), TLanes.SubtractSaturated(then, now));
            Add(TLanes.MultiplyAdd(apart, one), pairs, x);
        }

        rest.Difference(row + x, before + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Turn(ushort* row, ushort* before, ushort* earlier, int count, int* pairs)
    {
        TVector one = TLanes.Fill(1);
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector middle = TLanes.Load(before + x);
            TVector turn = TLanes.Subtract(TLanes.Add(TLanes.Load(row + x), TLanes.Load(earlier + x)), TLanes.Add(middle, middle));
            Add(TLanes.MultiplyAdd(TLanes.Abs(turn), one), pairs, x);
        }

        rest.Turn(row + x, before + x, earlier + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Detail(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        TVector one = TLanes.Fill(1), twelve = TLanes.Fill(12);
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            TVector beside = TLanes.Add(
                TLanes.Add(TLanes.Load(row + x - 1), TLanes.Load(row + x + 1)), TLanes.Add(TLanes.Load(above + x), TLanes.Load(below + x)));
            TVector aslant = TLanes.Add(
                TLanes.Add(TLanes.Load(above + x - 1), TLanes.Load(above + x + 1)), TLanes.Add(TLanes.Load(below + x - 1), TLanes.Load(below + x + 1)));
            TVector around = TLanes.Add(TLanes.Add(beside, beside), aslant);
            TVector detail = TLanes.Subtract(TLanes.MultiplyLow(TLanes.Load(row + x), twelve), around);
            Add(TLanes.MultiplyAdd(TLanes.Abs(detail), one), pairs, x);
        }

        rest.Detail(above + x, row + x, below + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override long Contours(ushort* row, nint step, int count, int bits)
    {
        TVector one = TLanes.Fill(1), none = TLanes.Fill(0), found = none;
        TVector least = TLanes.Fill((ushort)(LeastStep << (bits - 8))), largest = TLanes.Fill((ushort)(LargestStep << (bits - 8)));
        nint x = 0;
        for (; x + TLanes.Count <= count; x += TLanes.Count)
        {
            ushort* at = row + x;
            TVector here = TLanes.Load(at), there = TLanes.Load(at + step);
            TVector apart = TLanes.Or(TLanes.SubtractSaturated(here, there), TLanes.SubtractSaturated(there, here));
            TVector contour = TLanes.SameAs(TLanes.Or(TLanes.SubtractSaturated(least, apart), TLanes.SubtractSaturated(apart, largest)), none);
            for (int i = 1; i < Run; i++)
            {
                TVector same = TLanes.And(TLanes.SameAs(TLanes.Load(at - (i * step)), here), TLanes.SameAs(TLanes.Load(at + ((i + 1) * step)), there));
                contour = TLanes.And(contour, same);
            }

            found = TLanes.Subtract(found, contour);
        }

        return TLanes.Sum(TLanes.MultiplyAdd(found, one)) + rest.Contours(row + x, step, count - (int)x, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bend(ushort* row, nint x)
    {
        TVector middle = TLanes.Load(row + x);
        return TLanes.Subtract(TLanes.Add(TLanes.Load(row + x - 1), TLanes.Load(row + x + 1)), TLanes.Add(middle, middle));
    }

    /// <summary>Sixteen times the root of each, to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sixteenths(TVector ints) => TLanes.IntsOfSingles(TLanes.AddSingles(
        TLanes.MultiplySingles(TLanes.SquareRoot(TLanes.SinglesOfInts(ints)), TLanes.FillSingles(16)), TLanes.FillSingles(0.5f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector ints, int* pairs, nint x) =>
        TLanes.Store(TLanes.AddInts(TLanes.Load((ushort*)pairs + x), ints), (ushort*)pairs + x);
}
