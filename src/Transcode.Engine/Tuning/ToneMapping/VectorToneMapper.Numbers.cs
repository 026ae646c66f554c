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
    private static TVector Piece(TVector number) => IntLanes<TVector>.Max(
        TLanes.Add(IntLanes<TVector>.ShiftRight(IntLanes<TVector>.FloatBits(number), OctaveTable.PieceShift), TLanes.Fill(-OctaveTable.FirstPiece)), TLanes.Fill(0));

    /// <summary>What <see cref="OctaveTable.At"/> says of a number, whose piece was fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(TVector entry, TVector number)
    {
        TVector place = IntLanes<TVector>.And(
            IntLanes<TVector>.ShiftRight(IntLanes<TVector>.FloatBits(number), OctaveTable.PlaceShift), TLanes.Fill((1 << OctaveTable.PlaceBits) - 1));
        TVector rise = IntLanes<TVector>.ShiftRight(IntLanes<TVector>.ShiftLeft(entry, 32 - OctaveTable.RiseBits), 32 - OctaveTable.RiseBits);

        // Both are shorts: the place's upper half is 0, so that the rise's sign counts for nothing.
        return TLanes.Add(
            IntLanes<TVector>.ShiftRightLogical(entry, OctaveTable.RiseBits),
            IntLanes<TVector>.ShiftRight(TLanes.MultiplyAdd(rise, place), OctaveTable.PlaceBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Largest(TVector r, TVector g, TVector b) => IntLanes<TVector>.Max(r, IntLanes<TVector>.Max(g, b));

    /// <summary>The grey of a colour's luminance, between black and white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Grey(TVector r, TVector g, TVector b) => IntLanes<TVector>.Min(
        IntLanes<TVector>.Max(Luminance(r, g, b, TLanes.Fill(TargetLuminance.Red), TLanes.Fill(TargetLuminance.Blue)), TLanes.Fill(1)),
        TLanes.Fill(LightOne - 1));

    /// <summary>What a share leaves of light, rounded down, in 32 bits: the upper bits' product is at most some 2^28, because no light is more
    /// than its share of white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Shared(TVector light, TVector share)
    {
        TVector upper = IntLanes<TVector>.Multiply(IntLanes<TVector>.ShiftRight(light, LowerBits), share);
        TVector lower = IntLanes<TVector>.Multiply(IntLanes<TVector>.And(light, TLanes.Fill((1 << LowerBits) - 1)), share);
        return IntLanes<TVector>.ShiftRight(TLanes.Add(upper, IntLanes<TVector>.ShiftRight(lower, LowerBits)), ShareBits - LowerBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Luminance(TVector r, TVector g, TVector b, TVector ofRed, TVector ofBlue) =>
        TLanes.Add(g, TLanes.Add(Shared(IntLanes<TVector>.Subtract(r, g), ofRed), Shared(IntLanes<TVector>.Subtract(b, g), ofBlue)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Signal(TVector sum) =>
        IntLanes<TVector>.Min(IntLanes<TVector>.Max(IntLanes<TVector>.ShiftRight(sum, MatrixBits), TLanes.Fill(0)), TLanes.Fill(SignalOne));

    private static TVector Pair(int first, int second) => TLanes.Fill((first & 0xFFFF) | (second << 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Get(int* row, int x) => TLanes.Load((short*)(row + x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector value, int* row, int x) => TLanes.Store(value, (short*)(row + x));
}
