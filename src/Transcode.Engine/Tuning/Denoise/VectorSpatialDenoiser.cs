using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>The arithmetic of <see cref="SpatialDenoiser"/> by vectors of 16-bit words, all places of the window at once: a strip
/// of columns at a time, from the top down, of which only the last few rows are kept, so that all of it lies in the nearest
/// cache.</summary>
/// <remarks>
/// A pair is a place of the window below a sample or to the right of it; the others are seen from their other end. Row r of a
/// pair's distances is that of the samples of row r to their counterparts. With it, the patches around row r − 2 are complete,
/// and the pairs of that row are added up; then all that row r − 2 takes part in has been, and it is finished.
/// </remarks>
internal sealed unsafe class VectorSpatialDenoiser<TLanes, TVector> : SpatialDenoiser
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    private const int Patch = PatchWeights.PatchReach;
    private const int Window = PatchWeights.WindowReach;
    private const int PatchSide = (2 * Patch) + 1;

    /// <summary>Columns that distances are worked out for.</summary>
    private const int Columns = 128;

    /// <summary>Columns that so can be finished.</summary>
    private const int Finished = Columns - (2 * Patch) - (2 * Window);

    /// <summary>Around a strip, in words: what patches and windows reach, and what the last vector reads for nothing.</summary>
    private const int Margin = 32;

    private const int RowWords = Columns + (2 * Margin);

    /// <summary>Rows of samples: from the one that is added up to what the newest distances reach. A power of two.</summary>
    private const int SampleRows = 8;

    private const int SumRows = Window + 1;

    private const int Alignment = 64;

    /// <summary>2^15 to 2^8 for the whole parts 0 to 7: the lower bytes, then the upper ones.</summary>
    private static readonly byte[] Powers =
        [.. Enumerable.Range(0, 16).Select(i => (byte)((0x8000 >> (i % 8)) >> (i / 8 * 8)))];

    private readonly (int Down, int Right)[] pairs;
    private readonly ushort* samples;
    private readonly ushort* distances;
    private readonly ushort* patchColumns;
    private readonly ushort* sums;
    private readonly ushort* shares;
    private readonly ushort* inside;
    private readonly ushort* finished;

    /// <summary>Keeps the memory that the pointers point into.</summary>
    private readonly byte[] memory;

    public VectorSpatialDenoiser(PlaneShape shape, PatchWeights weights)
        : base(shape, weights)
    {
        pairs = [.. from down in Enumerable.Range(0, Window + 1)
            from right in Enumerable.Range(-Window, (2 * Window) + 1)
            where down > 0 || right > 0
            select (down, right)];
        int distanceWords = pairs.Length * PatchSide * Columns;
        int words = ((SampleRows + 1 + (2 * SumRows) + 1) * RowWords) + distanceWords + RowWords;
        memory = GC.AllocateArray<byte>((words * sizeof(ushort)) + Alignment, pinned: true);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        samples = (ushort*)((start + Alignment - 1) / Alignment * Alignment);
        patchColumns = samples + (SampleRows * RowWords);
        sums = patchColumns + RowWords;
        shares = sums + (SumRows * RowWords);
        inside = shares + (SumRows * RowWords);
        finished = inside + RowWords;
        distances = finished + RowWords;
    }

    protected override void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        fixed (byte* from = source, to = target)
        {
            for (int left = 0; left < Shape.Width; left += Finished)
            {
                if (Shape.SampleBytes == 1)
                {
                    Strip<byte>(from, sourcePitch, to, targetPitch, left);
                }
                else
                {
                    Strip<ushort>(from, sourcePitch, to, targetPitch, left);
                }
            }
        }
    }

    private void Strip<TSample>(byte* source, nint sourcePitch, byte* target, nint targetPitch, int left)
        where TSample : unmanaged
    {
        new Span<ushort>(sums, SumRows * RowWords).Clear();
        new Span<ushort>(shares, SumRows * RowWords).Fill(PatchWeights.Whole);
        for (int i = 0; i < RowWords; i++)
        {
            int x = left - Margin + i;
            inside[i] = x >= 0 && x < Shape.Width ? ushort.MaxValue : (ushort)0;
        }

        bool edge = left < Margin || left + Columns + Margin > Shape.Width;
        for (int row = -Patch; row < -Patch + Window; row++)
        {
            Read<TSample>(source, sourcePitch, left, row);
        }

        for (int row = -Patch; row < Shape.Height + Patch; row++)
        {
            Read<TSample>(source, sourcePitch, left, row + Window);
            int y = row - Patch;
            for (int pair = 0; pair < pairs.Length; pair++)
            {
                (int down, int right) = pairs[pair];
                Measure(pair, row, down, right);
                if (y >= 0 && y + down < Shape.Height)
                {
                    AddUp(y, down, right, edge);
                }
            }

            if (y >= 0)
            {
                Finish<TSample>(y, target + (y * targetPitch), left);
            }
        }
    }

    /// <summary>Where a strip's first column lies in a row that is kept.</summary>
    private static ushort* Kept(ushort* rows, int row, int count) => rows + ((nint)(((row % count) + count) % count) * RowWords) + Margin;

    private void Read<TSample>(byte* source, nint pitch, int left, int row)
        where TSample : unmanaged
    {
        byte* from = source + (Math.Clamp(row, 0, Shape.Height - 1) * pitch);
        ushort* to = Kept(samples, row, SampleRows);
        int first = Math.Max(-Margin, -left);
        int end = Math.Min(Columns + Margin, Shape.Width - left);
        for (int i = first; i < end; i++)
        {
            to[i] = (ushort)SamplePointer<TSample>.Get(from, left + i);
        }

        new Span<ushort>(to - Margin, first + Margin).Fill(to[first]);
        new Span<ushort>(to + end, Columns + Margin - end).Fill(to[end - 1]);
    }

    /// <summary>A row of a pair's distances, and with it the sums down the columns of its patches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int pair, int row, int down, int right)
    {
        ushort* here = Kept(samples, row, SampleRows) - Window - Patch;
        ushort* there = Kept(samples, row + down, SampleRows) - Window - Patch + right;
        ushort* rows = distances + (nint)pair * PatchSide * Columns;
        ushort* newest = rows + ((nint)((row + Patch) % PatchSide) * Columns);
        ushort* to = patchColumns;
        TVector furthest = TLanes.Fill((ushort)Weights.Furthest);
        TVector a = TLanes.Fill((ushort)Weights.A), b = TLanes.Fill((ushort)Weights.B);
        TVector none = TLanes.Fill(0);
        for (nint x = 0; x < Columns; x += TLanes.Count)
        {
            TVector p = TLanes.Load(here + x), q = TLanes.Load(there + x);
            TVector difference = TLanes.Or(TLanes.SubtractSaturated(p, q), TLanes.SubtractSaturated(q, p));
            TVector distance = TLanes.MultiplyHigh(TLanes.MultiplyLow(difference, a), TLanes.MultiplyLow(difference, b));
            TVector near = TLanes.SameAs(TLanes.SubtractSaturated(difference, furthest), none);
            TLanes.Store(TLanes.Select(near, distance, TLanes.Fill(PatchWeights.TooFar)), newest + x);
            TVector sum = TLanes.AddSaturated(TLanes.Load(rows + x), TLanes.Load(rows + Columns + x));
            TVector other = TLanes.AddSaturated(TLanes.Load(rows + (2 * Columns) + x), TLanes.Load(rows + (3 * Columns) + x));
            sum = TLanes.AddSaturated(sum, TLanes.Load(rows + (4 * Columns) + x));
            TLanes.Store(TLanes.AddSaturated(sum, other), to + x);
        }
    }

    /// <summary>What a row's samples and their counterparts of one pair mean to one another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(int y, int down, int right, bool edge)
    {
        ushort* columns = patchColumns;
        ushort* here = Kept(samples, y, SampleRows) - Window;
        ushort* there = Kept(samples, y + down, SampleRows) - Window + right;
        ushort* sum = Kept(sums, y, SumRows) - Window;
        ushort* otherSum = Kept(sums, y + down, SumRows) - Window + right;
        ushort* share = Kept(shares, y, SumRows) - Window;
        ushort* otherShare = Kept(shares, y + down, SumRows) - Window + right;
        ushort* within = inside + Margin - Window;
        int fraction = Weights.FractionBits;
        TVector powers = TLanes.Table(Powers);
        for (nint x = 0; x < Columns; x += TLanes.Count)
        {
            TVector distance = TLanes.AddSaturated(TLanes.Load(columns + x), TLanes.Load(columns + x + 1));
            TVector other = TLanes.AddSaturated(TLanes.Load(columns + x + 2), TLanes.Load(columns + x + 3));
            distance = TLanes.AddSaturated(TLanes.AddSaturated(distance, other), TLanes.Load(columns + x + 4));
            TVector weight = Weight(distance, powers);
            if (edge)
            {
                weight = TLanes.And(weight, TLanes.And(TLanes.Load(within + x), TLanes.Load(within + x + right)));
            }

            TVector difference = TLanes.Subtract(TLanes.Load(there + x), TLanes.Load(here + x));
            TVector weighted = TLanes.MultiplyRounded(TLanes.ShiftLeft(difference, fraction), weight);
            TVector portion = TLanes.MultiplyRounded(weight, TLanes.Fill(PatchWeights.Whole));
            TLanes.Store(TLanes.Add(TLanes.Load(sum + x), weighted), sum + x);
            TLanes.Store(TLanes.Subtract(TLanes.Load(otherSum + x), weighted), otherSum + x);
            TLanes.Store(TLanes.Add(TLanes.Load(share + x), portion), share + x);
            TLanes.Store(TLanes.Add(TLanes.Load(otherShare + x), portion), otherShare + x);
        }
    }

    /// <summary><see cref="PatchWeights.Weight"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weight(TVector distance, TVector powers)
    {
        TVector fraction = TLanes.ShiftLeft(distance, 16 - PatchWeights.HalvingBits);
        TVector slope = TLanes.Subtract(TLanes.Fill(PatchWeights.Linear), TLanes.MultiplyHigh(fraction, TLanes.Fill(PatchWeights.Square)));
        TVector power = TLanes.Subtract(TLanes.Fill(PatchWeights.One), TLanes.MultiplyHigh(fraction, slope));
        TVector whole = TLanes.ShiftRight(distance, PatchWeights.HalvingBits);
        TVector index = TLanes.Add(TLanes.Or(whole, TLanes.ShiftLeft(whole, 8)), TLanes.Fill(0x0800));
        TVector weight = TLanes.MultiplyHigh(power, TLanes.Lookup(powers, index));
        return TLanes.Select(TLanes.SameAs(distance, TLanes.Fill(PatchWeights.TooFar)), TLanes.Fill(0), weight);
    }

    /// <summary>Writes a row's samples, and makes room for one below.</summary>
    private void Finish<TSample>(int y, byte* target, int left)
        where TSample : unmanaged
    {
        ushort* here = Kept(samples, y, SampleRows);
        ushort* sum = Kept(sums, y, SumRows);
        ushort* share = Kept(shares, y, SumRows);
        float scale = Weights.Scale;

        // Raised, so that what is less than nothing can be told from what is much.
        const ushort Raised = 0x4000;
        TVector lowest = TLanes.Fill(Raised), highest = TLanes.Fill((ushort)(Raised + Shape.Largest));
        int count = Math.Min(Finished, Shape.Width - left);
        for (nint x = 0; x < count; x += TLanes.Count)
        {
            TVector moved = TLanes.Quotient(TLanes.Load(sum + x), TLanes.Load(share + x), scale);
            TVector sample = TLanes.Add(TLanes.Add(TLanes.Load(here + x), moved), lowest);
            sample = TLanes.Subtract(TLanes.Max(TLanes.Min(sample, highest), lowest), lowest);
            SampleVector<TSample, TLanes, TVector>.Store(sample, (byte*)finished, x);
        }

        Buffer.MemoryCopy(finished, target + ((nint)left * sizeof(TSample)), (nint)count * sizeof(TSample), (nint)count * sizeof(TSample));
        new Span<ushort>(sum - Margin, RowWords).Clear();
        new Span<ushort>(share - Margin, RowWords).Fill(PatchWeights.Whole);
    }
}
