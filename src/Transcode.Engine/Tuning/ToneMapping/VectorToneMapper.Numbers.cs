using System.Runtime.CompilerServices;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>What is done with single vectors of numbers.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
    /// <summary>Replaces places in a table by what stands there. One after the other: processors whose gathering instructions were slowed down
    /// to keep secrets (Intel's Downfall) are faster so, and others hardly slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fetch(PinnedTable table, int* places, int count)
    {
        int* from = table.Start;
        uint* at = (uint*)places;
        for (uint* end = at + count; at < end; at += 4)
        {
            uint first = at[0], second = at[1], third = at[2], fourth = at[3];
            at[0] = (uint)from[first];
            at[1] = (uint)from[second];
            at[2] = (uint)from[third];
            at[3] = (uint)from[fourth];
        }
    }

    /// <summary>Where a number stands in an <see cref="OctaveTable"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Piece(TVector number) => PieceOfSingle(TLanes.SinglesOfInts(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PieceOfSingle(TVector number) => TLanes.MaxInts(
        TLanes.AddInts(TLanes.ShiftRightInts(number, OctaveTable.PieceShift), TLanes.FillInts(-OctaveTable.FirstPiece)), TLanes.FillInts(0));

    /// <summary>What <see cref="OctaveTable.At"/> says of a number, whose piece was fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(TVector entry, TVector number) => ValueOfSingle(entry, TLanes.SinglesOfInts(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ValueOfSingle(TVector entry, TVector number)
    {
        TVector place = TLanes.And(TLanes.ShiftRightInts(number, OctaveTable.PlaceShift), TLanes.FillInts((1 << OctaveTable.PlaceBits) - 1));
        TVector rise = TLanes.ShiftRightInts(TLanes.ShiftLeftInts(entry, 32 - OctaveTable.RiseBits), 32 - OctaveTable.RiseBits);

        // Both are shorts: the place's upper half is 0, so that the rise's sign counts for nothing.
        return TLanes.AddInts(
            TLanes.ShiftRightIntsUnsigned(entry, OctaveTable.RiseBits),
            TLanes.ShiftRightInts(TLanes.MultiplyAdd(rise, place), OctaveTable.PlaceBits));
    }

    /// <summary>The larger of two ratios, each divided in single precision, but at most 2^<see cref="MostReachOctaves"/>; with
    /// <see cref="ReachBits"/>, rounded towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LargerRatio(TVector a, TVector aBy, TVector b, TVector bBy)
    {
        TVector ratio = TLanes.MaxSingles(Ratio(a, aBy), Ratio(b, bBy));
        ratio = TLanes.MinSingles(ratio, TLanes.FillSingles(1 << MostReachOctaves));
        return TLanes.IntsOfSingles(TLanes.MultiplySingles(ratio, TLanes.FillSingles(1 << ReachBits)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Ratio(TVector a, TVector by) => TLanes.DivideSingles(TLanes.SinglesOfInts(a), TLanes.SinglesOfInts(by));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Largest(TVector r, TVector g, TVector b) => TLanes.MaxInts(r, TLanes.MaxInts(g, b));

    /// <summary>The grey of a luminance, between black and white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Grey(TVector luminance) => TLanes.MinInts(TLanes.MaxInts(luminance, TLanes.FillInts(1)), TLanes.FillInts(LightOne - 1));

    /// <summary>What a share leaves of light, rounded down. Its upper bits' product is at most some 2^28, because no light is more
    /// than its share of white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Shared(TVector light, TVector share) => TLanes.MultiplyShifted(light, share, ShareBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Luminance(TVector r, TVector g, TVector b, TVector ofRed, TVector ofBlue) =>
        TLanes.AddInts(g, TLanes.AddInts(Shared(TLanes.SubtractInts(r, g), ofRed), Shared(TLanes.SubtractInts(b, g), ofBlue)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Signal(TVector sum) =>
        TLanes.MinInts(TLanes.MaxInts(TLanes.ShiftRightInts(sum, MatrixBits), TLanes.FillInts(0)), TLanes.FillInts(SignalOne));

    private static TVector Pair(int first, int second) => TLanes.FillInts((first & 0xFFFF) | (second << 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Get(int* row, int x) => TLanes.Load(row + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector value, int* row, int x) => TLanes.Store(value, row + x);
}
