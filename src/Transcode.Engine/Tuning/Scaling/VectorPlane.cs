using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>The arithmetic of <see cref="PlanePlan"/> by vectors, a block of rows at a time. Going down, a vector is neighbours
/// of one row. Then the block is turned, so that going across a vector is one column of the block's rows: every sample of it
/// has the same weights, and nothing need be gathered.</summary>
/// <remarks>A block has as many rows as a vector has ints. What lies between the two passes is a few hundred kilobytes at
/// most (a row of 8192 samples takes 256), whatever the height.</remarks>
internal sealed unsafe class VectorPlane<TLanes, TVector> : PlaneScaler
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Columns that go down and are turned together: many, so that memory is read in long runs, and the rows that one
    /// target row was made from are still near for the next.</summary>
    private const int TileColumns = 2048;

    /// <summary>Target columns that are stored together.</summary>
    private const int Group = 16;

    /// <summary>Of everything that vectors read, in bytes.</summary>
    private const int Alignment = 64;

    /// <summary>From one row of a tile to the next, in shorts: no multiple of a page, or rows would push each other out.</summary>
    private readonly int tileStride = TileColumns + (4 * Shorts);
    private readonly short* tile;
    private readonly short* turned;
    private readonly int* downWeights;
    private readonly int* acrossWeights;
    private readonly int* acrossStarts;
    private readonly int* bias;
    private readonly byte* spareRow;
    private readonly byte* lastGroup;
    private readonly int downPairs;
    private readonly int acrossPairs;

    /// <summary>Keeps the memory that the pointers point into.</summary>
    private readonly List<byte[]> memory = [];

    public VectorPlane(PlanePlan plan)
        : base(plan)
    {
        downPairs = plan.Down.Taps / 2;
        acrossPairs = plan.Across.Taps / 2;
        int groups = (plan.Across.TargetSize + Group - 1) / Group;
        tile = (short*)Memory(Rows * tileStride * sizeof(short));
        turned = (short*)Memory((plan.Across.SourceSize + plan.Across.Taps + 8) * Rows * sizeof(short));
        downWeights = (int*)Memory(plan.Down.TargetSize * plan.Down.Taps * sizeof(short));
        acrossWeights = (int*)Memory(groups * Group * acrossPairs * sizeof(int));
        acrossStarts = (int*)Memory(groups * Group * sizeof(int));
        bias = (int*)Memory(PlanePlan.DitherSide * PlanePlan.DitherSide * Rows * sizeof(int));
        spareRow = Memory((plan.Across.TargetSize + Group) * plan.TargetBytes);
        lastGroup = Memory(Rows * Group * plan.TargetBytes);
        plan.Down.Weights.CopyTo(new((short*)downWeights, plan.Down.TargetSize * plan.Down.Taps));
        LayOutAcross(groups * Group);
        LayOutBias();
    }

    /// <summary>Of a vector.</summary>
    private static int Shorts => TLanes.Count;

    /// <summary>Of a block.</summary>
    private static int Rows => TLanes.Count / 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        byte** targets = stackalloc byte*[Rows];
        byte** taps = stackalloc byte*[Plan.Down.Taps];
        fixed (byte* from = source, to = target)
        {
            for (int top = 0; top < Plan.Down.TargetSize; top += Rows)
            {
                int rows = Math.Min(Rows, Plan.Down.TargetSize - top);
                Fill(from, sourcePitch, taps, top, rows);
                for (int row = 0; row < Rows; row++)
                {
                    targets[row] = row < rows ? to + ((nint)(top + row) * targetPitch) : spareRow;
                }

                if (Plan.TargetBytes == 1)
                {
                    Across<byte>(targets, top, rows);
                }
                else
                {
                    Across<ushort>(targets, top, rows);
                }
            }
        }
    }

    /// <summary>Goes down for a block of rows, and turns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(byte* source, int pitch, byte** taps, int top, int rows)
    {
        int width = Plan.Across.SourceSize;
        for (int left = 0; left < width; left += TileColumns)
        {
            int right = Math.Min(width, left + TileColumns);
            for (int row = 0; row < rows; row++)
            {
                for (int tap = 0; tap < Plan.Down.Taps; tap++)
                {
                    taps[tap] = source + ((nint)Math.Min(Plan.Down.Starts[top + row] + tap, Plan.Down.SourceSize - 1) * pitch);
                }

                // A vector's worth is left free before it, for the last one of a row, which may begin before the tile.
                short* to = tile + (row * tileStride) + Shorts - left;
                int* weights = downWeights + ((top + row) * downPairs);
                if (width < Shorts)
                {
                    DownNarrow(taps, weights, to, width);
                }
                else if (Plan.SourceBytes == 1)
                {
                    Down<byte>(taps, weights, to, left, right);
                }
                else
                {
                    Down<ushort>(taps, weights, to, left, right);
                }
            }

            Turn(left, right);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Down<TSample>(byte** taps, int* weights, short* to, int left, int right)
        where TSample : unmanaged
    {
        TVector start = TLanes.FillInts(Plan.DownBias);
        int pairs = downPairs;
        nint last = Plan.Across.SourceSize - Shorts;
        for (nint x = left; x < right; x += 2 * Shorts)
        {
            // Two vectors at once; the last of a row end with it.
            nint at = Math.Min(x, last);
            nint then = Math.Min(x + Shorts, last);
            TVector low = start, high = start, lowThen = start, highThen = start;
            for (int pair = 0; pair < pairs; pair++)
            {
                byte* above = taps[2 * pair];
                byte* below = taps[(2 * pair) + 1];
                TVector weight = TLanes.FillInts(weights[pair]);
                TVector upper = SampleVector<TSample, TLanes, TVector>.Load(above, at);
                TVector lower = SampleVector<TSample, TLanes, TVector>.Load(below, at);
                low = TLanes.AddInts(low, TLanes.MultiplyAdd(TLanes.ZipLow(upper, lower), weight));
                high = TLanes.AddInts(high, TLanes.MultiplyAdd(TLanes.ZipHigh(upper, lower), weight));
                upper = SampleVector<TSample, TLanes, TVector>.Load(above, then);
                lower = SampleVector<TSample, TLanes, TVector>.Load(below, then);
                lowThen = TLanes.AddInts(lowThen, TLanes.MultiplyAdd(TLanes.ZipLow(upper, lower), weight));
                highThen = TLanes.AddInts(highThen, TLanes.MultiplyAdd(TLanes.ZipHigh(upper, lower), weight));
            }

            TLanes.Store(Lowered<TSample>(low, high), to + at);
            TLanes.Store(Lowered<TSample>(lowThen, highThen), to + then);
        }
    }

    /// <summary>Two sums down as words. Shifts are by constants: these are in the instruction, others come from a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Lowered<TSample>(TVector low, TVector high)
        where TSample : unmanaged => typeof(TSample) == typeof(byte)
            ? TLanes.Pack(TLanes.ShiftRightInts(low, PlanePlan.DownShiftOf8), TLanes.ShiftRightInts(high, PlanePlan.DownShiftOf8))
            : TLanes.Pack(TLanes.ShiftRightInts(low, PlanePlan.DownShiftOf8 + 2), TLanes.ShiftRightInts(high, PlanePlan.DownShiftOf8 + 2));

    /// <summary>Two columns' sums across as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Crossed<TSample>(TVector a, TVector b)
        where TSample : unmanaged => typeof(TSample) == typeof(byte)
            ? TLanes.Pack(TLanes.ShiftRightInts(a, PlanePlan.AcrossShiftTo8), TLanes.ShiftRightInts(b, PlanePlan.AcrossShiftTo8))
            : TLanes.Pack(TLanes.ShiftRightInts(a, PlanePlan.AcrossShiftTo8 - 2), TLanes.ShiftRightInts(b, PlanePlan.AcrossShiftTo8 - 2));

    /// <summary>For rows shorter than a vector.</summary>
    private void DownNarrow(byte** taps, int* weights, short* to, int width)
    {
        for (int x = 0; x < width; x++)
        {
            int sum = Plan.DownBias;
            for (int tap = 0; tap < Plan.Down.Taps; tap++)
            {
                sum += ((short*)weights)[tap] * (Plan.SourceBytes == 1 ? taps[tap][x] : ((short*)taps[tap])[x]);
            }

            to[x] = (short)Math.Clamp(sum >> Plan.DownShift, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>Rows for columns, two neighbouring columns at a time: then a row's two shorts lie in one int.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn(int left, int right)
    {
        short* from = tile + Shorts;
        short* to = turned + ((nint)left * Rows);
        for (int x = left; x < right; x += 8)
        {
            // Lane n of each has a row of the n-th four.
            TVector a = TLanes.LoadApart(from, 4 * tileStride);
            TVector b = TLanes.LoadApart(from + tileStride, 4 * tileStride);
            TVector c = TLanes.LoadApart(from + (2 * tileStride), 4 * tileStride);
            TVector d = TLanes.LoadApart(from + (3 * tileStride), 4 * tileStride);
            Turn32(ref a, ref b, ref c, ref d);
            TLanes.Store(a, to);
            TLanes.Store(b, to + Shorts);
            TLanes.Store(c, to + (2 * Shorts));
            TLanes.Store(d, to + (3 * Shorts));
            from += 8;
            to += 4 * Shorts;
        }
    }

    private void Across<TSample>(byte** targets, int top, int rows)
        where TSample : unmanaged
    {
        int whole = Plan.Across.TargetSize / Group * Group;
        AcrossGroups<TSample>(targets, 0, whole, top);
        int left = Plan.Across.TargetSize - whole;
        if (left == 0)
        {
            return;
        }

        byte** aside = stackalloc byte*[Rows];
        for (int row = 0; row < Rows; row++)
        {
            aside[row] = lastGroup + (row * Group * Plan.TargetBytes);
        }

        AcrossGroups<TSample>(aside, whole, Group, top);
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<byte>(aside[row], left * Plan.TargetBytes).CopyTo(
                new(targets[row] + (whole * Plan.TargetBytes), left * Plan.TargetBytes));
        }
    }

    /// <summary>Makes some groups of a block's columns.</summary>
    /// <param name="targets">Rows, where the first of these columns comes first.</param>
    /// <param name="first">Of the columns.</param>
    /// <param name="count">Of columns: whole groups.</param>
    /// <param name="top">The block's first row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AcrossGroups<TSample>(byte** targets, int first, int count, int top)
        where TSample : unmanaged
    {
        // In variables of their own, because fields would be read anew after every store.
        short* columns = turned;
        int pairs = acrossPairs;
        int* starts = acrossStarts + first;
        int* weights = acrossWeights + ((nint)first * pairs);
        var sums = (short*)(bias + (top % PlanePlan.DitherSide * PlanePlan.DitherSide * Rows));
        short largest = (short)Plan.LargestTarget;
        for (int x = 0; x < count; x += 8)
        {
            TVector a = FourColumns<TSample>(columns, starts, weights, sums, pairs, out TVector b);
            TVector c = FourColumns<TSample>(columns, starts + 4, weights + (4 * pairs), sums + (4 * Shorts), pairs, out TVector d);
            starts += 8;
            weights += 8 * pairs;
            if (typeof(TSample) != typeof(byte))
            {
                StoreWords(a, b, c, d, targets, (nint)x * sizeof(short), largest);
                continue;
            }

            a = TLanes.TurnBytes(TLanes.PackBytes(a, b));
            c = TLanes.TurnBytes(TLanes.PackBytes(c, d));
            TVector e = FourColumns<TSample>(columns, starts, weights, sums, pairs, out TVector f);
            TVector g = FourColumns<TSample>(columns, starts + 4, weights + (4 * pairs), sums + (4 * Shorts), pairs, out TVector h);
            starts += 8;
            weights += 8 * pairs;
            b = c;
            c = TLanes.TurnBytes(TLanes.PackBytes(e, f));
            d = TLanes.TurnBytes(TLanes.PackBytes(g, h));
            Turn32(ref a, ref b, ref c, ref d);
            TLanes.StoreApart(a, targets, x);
            TLanes.StoreApart(b, targets + 1, x);
            TLanes.StoreApart(c, targets + 2, x);
            TLanes.StoreApart(d, targets + 3, x);
            x += 8;
        }
    }

    /// <summary>Eight columns of shorts, as <see cref="FourColumns{TSample}"/> gives them, to their rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWords(TVector a, TVector b, TVector c, TVector d, byte** targets, nint bytes, short largest)
    {
        TVector even = TLanes.ZipLow(a, b);
        TVector odd = TLanes.ZipHigh(a, b);
        TVector upper = TLanes.Clamp(TLanes.ZipLow(even, odd), largest);
        TVector lower = TLanes.Clamp(TLanes.ZipHigh(even, odd), largest);
        even = TLanes.ZipLow(c, d);
        odd = TLanes.ZipHigh(c, d);
        TVector upperNext = TLanes.Clamp(TLanes.ZipLow(even, odd), largest);
        TVector lowerNext = TLanes.Clamp(TLanes.ZipHigh(even, odd), largest);
        TLanes.StoreApart(TLanes.ZipLowLongs(upper, upperNext), targets, bytes);
        TLanes.StoreApart(TLanes.ZipHighLongs(upper, upperNext), targets + 1, bytes);
        TLanes.StoreApart(TLanes.ZipLowLongs(lower, lowerNext), targets + 2, bytes);
        TLanes.StoreApart(TLanes.ZipHighLongs(lower, lowerNext), targets + 3, bytes);
    }

    /// <summary>Four columns as shorts: the first and the second, then the third and the fourth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector FourColumns<TSample>(short* columns, int* starts, int* weights, short* sums, int pairs, out TVector next)
        where TSample : unmanaged
    {
        short* first = columns + starts[0];
        short* second = columns + starts[1];
        short* third = columns + starts[2];
        short* fourth = columns + starts[3];
        TVector a = TLanes.Load(sums);
        TVector b = TLanes.Load(sums + Shorts);
        TVector c = TLanes.Load(sums + (2 * Shorts));
        TVector d = TLanes.Load(sums + (3 * Shorts));
        int* end = weights + (4 * pairs);
        nint at = 0;
        do
        {
            a = TLanes.AddInts(a, TLanes.MultiplyAdd(TLanes.Load(first + at), TLanes.FillInts(weights[0])));
            b = TLanes.AddInts(b, TLanes.MultiplyAdd(TLanes.Load(second + at), TLanes.FillInts(weights[1])));
            c = TLanes.AddInts(c, TLanes.MultiplyAdd(TLanes.Load(third + at), TLanes.FillInts(weights[2])));
            d = TLanes.AddInts(d, TLanes.MultiplyAdd(TLanes.Load(fourth + at), TLanes.FillInts(weights[3])));
            at += Shorts;
            weights += 4;
        }
        while (weights < end);

        next = Crossed<TSample>(c, d);
        return Crossed<TSample>(a, b);
    }

    /// <summary>Each lane's 4 × 4 ints with rows for columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn32(ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        TVector lowAb = TLanes.ZipLowInts(a, b);
        TVector highAb = TLanes.ZipHighInts(a, b);
        TVector lowCd = TLanes.ZipLowInts(c, d);
        TVector highCd = TLanes.ZipHighInts(c, d);
        a = TLanes.ZipLowLongs(lowAb, lowCd);
        b = TLanes.ZipHighLongs(lowAb, lowCd);
        c = TLanes.ZipLowLongs(highAb, highCd);
        d = TLanes.ZipHighLongs(highAb, highCd);
    }

    private void LayOutAcross(int columns)
    {
        ReadOnlySpan<int> weights = MemoryMarshal.Cast<short, int>(Plan.Across.Weights);
        for (int x = 0; x < columns; x++)
        {
            int like = Math.Min(x, Plan.Across.TargetSize - 1);
            acrossStarts[x] = Plan.Across.Starts[like] * Rows;
            for (int pair = 0; pair < acrossPairs; pair++)
            {
                acrossWeights[((((x / 4) * acrossPairs) + pair) * 4) + (x % 4)] = weights[(like * acrossPairs) + pair];
            }
        }
    }

    /// <summary>For each row of the dither matrix that a block may begin with, each of its columns: the block's rows.</summary>
    private void LayOutBias()
    {
        for (int i = 0; i < PlanePlan.DitherSide * PlanePlan.DitherSide * Rows; i++)
        {
            int row = i % Rows;
            int column = i / Rows % PlanePlan.DitherSide;
            int top = i / Rows / PlanePlan.DitherSide;
            bias[i] = Plan.AcrossBias(column, top + row);
        }
    }

    private byte* Memory(int bytes)
    {
        byte[] block = GC.AllocateArray<byte>(bytes + Alignment, pinned: true);
        memory.Add(block);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(block, 0);
        return (byte*)((start + Alignment - 1) / Alignment * Alignment);
    }
}
