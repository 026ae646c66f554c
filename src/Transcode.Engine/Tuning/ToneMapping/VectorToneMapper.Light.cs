using System.Runtime.CompilerServices;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>Code values to light.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
    /// <summary>Code values to light. Of each pixel's largest of R, G and B, <see cref="entries"/> gets the signal (PQ), or of what the OOTF has made of its light
    /// where that stands in an <see cref="OctaveTable"/> (HLG).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Display(short* luma, short* cb, short* cr, int count)
    {
        TVector toRed = Pair(SignalLuma, SignalRed), toGreen = Pair(SignalLuma, SignalGreenRed);
        TVector toBlue = Pair(SignalLuma, SignalBlue), toGreenToo = Pair(SignalGreenBlue, 0);
        TVector bias = TLanes.FillInts(SignalBias);
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        for (int x = 0; x < count; x += Ints)
        {
            TVector grey = TLanes.ShiftLeftInts(TLanes.LoadShortsAsInts(luma + x), 3);
            TVector blueness = TLanes.LoadShortsAsInts(cb + x);
            TVector withRed = TLanes.Or(grey, TLanes.ShiftLeftInts(TLanes.LoadShortsAsInts(cr + x), 16));
            TVector withBlue = TLanes.Or(grey, TLanes.ShiftLeftInts(blueness, 16));
            TVector greenness = TLanes.AddInts(TLanes.MultiplyAdd(withRed, toGreen), TLanes.MultiplyAdd(blueness, toGreenToo));
            TVector r = Signal(TLanes.AddInts(TLanes.MultiplyAdd(withRed, toRed), bias));
            TVector g = Signal(TLanes.AddInts(greenness, bias));
            TVector b = Signal(TLanes.AddInts(TLanes.MultiplyAdd(withBlue, toBlue), bias));
            Put(r, red, x);
            Put(g, green, x);
            Put(b, blue, x);
            Put(Largest(r, g, b), entries, x);
        }

        Fetch(light, red, count);
        Fetch(light, green, count);
        Fetch(light, blue, count);

        if (Plan.Transfer == HdrTransfer.Hlg)
        {
            ApplyOotf(count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyOotf(int count)
    {
        TVector ofRed = TLanes.FillInts(SourceLuminance.Red), ofBlue = TLanes.FillInts(SourceLuminance.Blue);
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        for (int x = 0; x < count; x += Ints)
        {
            Put(Piece(Luminance(Get(red, x), Get(green, x), Get(blue, x), ofRed, ofBlue)), entries, x);
        }

        Fetch(surround, entries, count);
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector share = Value(Get(entries, x), Luminance(r, g, b, ofRed, ofBlue));
            r = Shared(r, share);
            g = Shared(g, share);
            b = Shared(b, share);
            Put(r, red, x);
            Put(g, green, x);
            Put(b, blue, x);
            Put(Piece(Largest(r, g, b)), entries, x);
        }
    }

    /// <summary>What light is multiplied by to <see cref="entries"/>: PQ's itself, for the largest signal's light is the largest too; of HLG's, its piece.</summary>
    private void FetchShares(int count) => Fetch(Plan.Transfer == HdrTransfer.Pq ? shares : gain, entries, count);

    /// <summary>What stands in a table for the largest of R, G and B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FetchByLargest(PinnedTable table, int count)
    {
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        for (int x = 0; x < count && Plan.Transfer == HdrTransfer.Pq; x += Ints)
        {
            Put(Piece(Largest(Get(red, x), Get(green, x), Get(blue, x))), entries, x);
        }

        Fetch(table, entries, count);
    }
}
