using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The sums of <see cref="RowKernels"/> by vectors of words; what is left of a row, one sample after the other.</summary>
internal sealed unsafe class VectorRows<TWords, TVector> : RowKernels
    where TWords : IWords<TVector>
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
        TVector lowest = TWords.Fill((ushort)(16 << (bits - 8))), range = TWords.Fill((ushort)n), excess = TWords.Fill((ushort)k);
        TVector factor = TWords.Fill((ushort)((k << 16) / n)), last = TWords.Fill((ushort)(n - 1)), none = TWords.Fill(0), one = TWords.Fill(1);
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector limited = TWords.Min(TWords.SubtractSaturated(TWords.Load(from + x), lowest), range);
            TVector quotient = TWords.MultiplyHigh(limited, factor);
            TVector remainder = TWords.Subtract(TWords.MultiplyLow(limited, excess), TWords.MultiplyLow(quotient, range));
            TVector whole = TWords.SameAs(TWords.SubtractSaturated(remainder, last), none);
            quotient = TWords.Add(quotient, TWords.Add(one, whole));
            TWords.Store(TWords.Add(limited, quotient), to + x);
        }

        rest.Stretch(from + x, to + x, count - (int)x, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradient(ushort* above, ushort* row, ushort* below, int first, int end, int bits, ref RowSums sums)
    {
        nint x = first;
        TVector steep = TWords.Fill((ushort)((8 << (bits - 8)) - 1)), none = TWords.Fill(0);
        TVector flat = none, sizes = none;
        long squares = 0;
        while (x + TWords.Count <= end)
        {
            TVector together = none;
            for (int i = 0; i < Together && x + TWords.Count <= end; i++, x += TWords.Count)
            {
                TVector a = TWords.Load(above + x - 1), c = TWords.Load(above + x + 1), g = TWords.Load(below + x - 1), k = TWords.Load(below + x + 1);
                TVector middle = TWords.Subtract(TWords.Load(row + x + 1), TWords.Load(row + x - 1));
                TVector across = TWords.Add(TWords.Add(TWords.Subtract(c, a), TWords.Subtract(k, g)), TWords.Add(middle, middle));
                middle = TWords.Subtract(TWords.Load(below + x), TWords.Load(above + x));
                TVector down = TWords.Add(TWords.Add(TWords.Subtract(g, a), TWords.Subtract(k, c)), TWords.Add(middle, middle));
                TVector size = TWords.Add(Absolute(across, none), Absolute(down, none));
                flat = TWords.Subtract(flat, TWords.SameAs(TWords.SubtractSaturated(size, steep), none));
                TVector low = TWords.ZipLow(across, down), high = TWords.ZipHigh(across, down);
                low = TWords.MultiplyAdd(low, low);
                high = TWords.MultiplyAdd(high, high);
                together = TWords.AddInts(together, TWords.AddInts(low, high));
                sizes = TWords.AddInts(sizes, TWords.AddInts(Sixteenths(low), Sixteenths(high)));
            }

            squares += TWords.Sum(together);
        }

        sums.GradientSquares += squares;
        sums.Gradients += TWords.Sum(sizes);
        sums.Flat += TWords.Sum(TWords.MultiplyAdd(flat, TWords.Fill(1)));
        rest.Gradient(above, row, below, (int)x, end, bits, ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Grain(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        TVector none = TWords.Fill(0), one = TWords.Fill(1);
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector middle = Bend(row, x);
            TVector grain = TWords.Subtract(TWords.Add(Bend(above, x), Bend(below, x)), TWords.Add(middle, middle));
            Add(TWords.MultiplyAdd(Absolute(grain, none), one), pairs, x);
        }

        rest.Grain(above + x, row + x, below + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Change(ushort* row, ushort* before, int count, ref RowSums sums)
    {
        TVector one = TWords.Fill(1), squares = TWords.Fill(0), positive = squares, negative = squares;
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector now = TWords.Load(row + x), then = TWords.Load(before + x);
            TVector change = TWords.Subtract(now, then);
            squares = TWords.AddInts(squares, TWords.MultiplyAdd(change, change));
            positive = TWords.AddInts(positive, TWords.MultiplyAdd(now, one));
            negative = TWords.AddInts(negative, TWords.MultiplyAdd(then, one));
            if ((x & 8191) == 8192 - TWords.Count)
            {
                sums.ChangeSquares += TWords.Sum(squares);
                squares = TWords.Fill(0);
            }
        }

        sums.ChangeSquares += TWords.Sum(squares);
        sums.Changes += TWords.Sum(positive) - TWords.Sum(negative);
        rest.Change(row + x, before + x, count - (int)x, ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Difference(ushort* row, ushort* before, int count, int* pairs)
    {
        TVector one = TWords.Fill(1);
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector now = TWords.Load(row + x), then = TWords.Load(before + x);
            TVector apart = TWords.Or(TWords.SubtractSaturated(now, then), TWords.SubtractSaturated(then, now));
            Add(TWords.MultiplyAdd(apart, one), pairs, x);
        }

        rest.Difference(row + x, before + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Turn(ushort* row, ushort* before, ushort* earlier, int count, int* pairs)
    {
        TVector none = TWords.Fill(0), one = TWords.Fill(1);
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector middle = TWords.Load(before + x);
            TVector turn = TWords.Subtract(TWords.Add(TWords.Load(row + x), TWords.Load(earlier + x)), TWords.Add(middle, middle));
            Add(TWords.MultiplyAdd(Absolute(turn, none), one), pairs, x);
        }

        rest.Turn(row + x, before + x, earlier + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Detail(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        TVector none = TWords.Fill(0), one = TWords.Fill(1), twelve = TWords.Fill(12);
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            TVector beside = TWords.Add(
                TWords.Add(TWords.Load(row + x - 1), TWords.Load(row + x + 1)), TWords.Add(TWords.Load(above + x), TWords.Load(below + x)));
            TVector aslant = TWords.Add(
                TWords.Add(TWords.Load(above + x - 1), TWords.Load(above + x + 1)), TWords.Add(TWords.Load(below + x - 1), TWords.Load(below + x + 1)));
            TVector around = TWords.Add(TWords.Add(beside, beside), aslant);
            TVector detail = TWords.Subtract(TWords.MultiplyLow(TWords.Load(row + x), twelve), around);
            Add(TWords.MultiplyAdd(Absolute(detail, none), one), pairs, x);
        }

        rest.Detail(above + x, row + x, below + x, count - (int)x, pairs + (x / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override long Contours(ushort* row, nint step, int count, int bits)
    {
        TVector one = TWords.Fill(1), none = TWords.Fill(0), found = none;
        TVector least = TWords.Fill((ushort)(LeastStep << (bits - 8))), largest = TWords.Fill((ushort)(LargestStep << (bits - 8)));
        nint x = 0;
        for (; x + TWords.Count <= count; x += TWords.Count)
        {
            ushort* at = row + x;
            TVector here = TWords.Load(at), there = TWords.Load(at + step);
            TVector apart = TWords.Or(TWords.SubtractSaturated(here, there), TWords.SubtractSaturated(there, here));
            TVector contour = TWords.SameAs(TWords.Or(TWords.SubtractSaturated(least, apart), TWords.SubtractSaturated(apart, largest)), none);
            for (int i = 1; i < Run; i++)
            {
                TVector same = TWords.And(TWords.SameAs(TWords.Load(at - (i * step)), here), TWords.SameAs(TWords.Load(at + ((i + 1) * step)), there));
                contour = TWords.And(contour, same);
            }

            found = TWords.Subtract(found, contour);
        }

        return TWords.Sum(TWords.MultiplyAdd(found, one)) + rest.Contours(row + x, step, count - (int)x, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Absolute(TVector value, TVector none) => TWords.Min(value, TWords.Subtract(none, value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bend(ushort* row, nint x)
    {
        TVector middle = TWords.Load(row + x);
        return TWords.Subtract(TWords.Add(TWords.Load(row + x - 1), TWords.Load(row + x + 1)), TWords.Add(middle, middle));
    }

    /// <summary>Sixteen times the root of each, to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sixteenths(TVector ints) => TWords.IntsOfSingles(TWords.AddSingles(
        TWords.MultiplySingles(TWords.SquareRoot(TWords.SinglesOfInts(ints)), TWords.FillSingle(16)), TWords.FillSingle(0.5f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector ints, int* pairs, nint x) =>
        TWords.Store(TWords.AddInts(TWords.Load((ushort*)pairs + x), ints), (ushort*)pairs + x);
}
