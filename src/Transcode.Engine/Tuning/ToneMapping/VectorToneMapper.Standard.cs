using System.Runtime.CompilerServices;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>Light into what a standard display has.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
    /// <summary>Into the range of a standard display, to BT.709's primaries, and within its gamut.</summary>
    private void Narrow(int count)
    {
        ToStandard(count);
        if (Plan.Gamut == GamutMapping.Desaturate && IsAnyFarOut(count))
        {
            Reach(count);
            Fetch(nearer, entries, count);
            Desaturate(count);
        }

        Clip(count);
        Fetch(shown, entries, count);
        Fetch(shown, greenEntries, count);
        Fetch(shown, blueEntries, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToStandard(int count)
    {
        TVector redGreen = TLanes.FillInts(RedGains.Green), redBlue = TLanes.FillInts(RedGains.Blue), greenRed = TLanes.FillInts(GreenGains.Red);
        TVector greenBlue = TLanes.FillInts(GreenGains.Blue), blueRed = TLanes.FillInts(BlueGains.Red), blueGreen = TLanes.FillInts(BlueGains.Green);
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector share = Value(Get(entries, x), Largest(r, g, b));
            r = Shared(r, share);
            g = Shared(g, share);
            b = Shared(b, share);
            TVector rg = TLanes.SubtractInts(r, g), rb = TLanes.SubtractInts(r, b), gb = TLanes.SubtractInts(g, b);
            Put(TLanes.AddInts(r, TLanes.AddInts(Shared(rg, redGreen), Shared(rb, redBlue))), red, x);
            Put(TLanes.AddInts(g, TLanes.SubtractInts(Shared(gb, greenBlue), Shared(rg, greenRed))), green, x);
            Put(TLanes.SubtractInts(b, TLanes.AddInts(Shared(rb, blueRed), Shared(gb, blueGreen))), blue, x);
        }
    }

    /// <summary>Whether a colour may lie so far out that it moves: told without a division, which most stretches of most pictures so are spared. What lies
    /// nearer has a share of one, which leaves it as it is to the bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsAnyFarOut(int count)
    {
        TVector one = TLanes.FillInts(LightOne);
        TVector most = TLanes.FillInts(int.MinValue);
        int* red = this.red, green = this.green, blue = this.blue;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector grey = Grey(r, g, b);
            TVector down = TLanes.SubtractInts(TLanes.SubtractInts(grey, TLanes.MinInts(r, TLanes.MinInts(g, b))), Near(grey));
            TVector up = TLanes.SubtractInts(TLanes.SubtractInts(Largest(r, g, b), grey), Near(TLanes.SubtractInts(one, grey)));
            most = TLanes.MaxInts(most, TLanes.MaxInts(down, up));
        }

        return TLanes.IsAnyIntGreater(most, TLanes.FillInts(0));
    }

    /// <summary>25/32 of the way to the edge, rounded down: well within the pieces of <see cref="ToneTables.Nearer"/> that are 1 throughout, which end at 51/64, below
    /// <see cref="ToneTables.GamutKnee"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Near(TVector edge) => TLanes.AddInts(
        TLanes.AddInts(TLanes.ShiftRightInts(edge, 1), TLanes.ShiftRightInts(edge, 2)), TLanes.ShiftRightInts(edge, 5));

    /// <summary>How far out colours lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reach(int count)
    {
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries, reaches = this.reaches;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector grey = Grey(r, g, b);
            TVector least = TLanes.MinInts(r, TLanes.MinInts(g, b));
            TVector reach = LargerRatio(
                TLanes.SubtractInts(grey, least),
                grey,
                TLanes.SubtractInts(Largest(r, g, b), grey),
                TLanes.SubtractInts(TLanes.FillInts(LightOne), grey));
            Put(reach, reaches, x);
            Put(Piece(reach), entries, x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Desaturate(int count)
    {
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries, reaches = this.reaches;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector grey = Grey(r, g, b);
            TVector left = Value(Get(entries, x), Get(reaches, x));
            Put(TLanes.AddInts(grey, Shared(TLanes.SubtractInts(r, grey), left)), red, x);
            Put(TLanes.AddInts(grey, Shared(TLanes.SubtractInts(g, grey), left)), green, x);
            Put(TLanes.AddInts(grey, Shared(TLanes.SubtractInts(b, grey), left)), blue, x);
        }
    }

    /// <summary>Holds components within 0 and 1, and says where they stand among <see cref="ToneTables.Shown"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Clip(int count)
    {
        TVector none = TLanes.FillInts(0), one = TLanes.FillInts(LightOne);
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries, greenEntries = this.greenEntries, blueEntries = this.blueEntries;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = TLanes.MinInts(TLanes.MaxInts(Get(red, x), none), one);
            TVector g = TLanes.MinInts(TLanes.MaxInts(Get(green, x), none), one);
            TVector b = TLanes.MinInts(TLanes.MaxInts(Get(blue, x), none), one);
            Put(r, red, x);
            Put(g, green, x);
            Put(b, blue, x);
            Put(Piece(r), entries, x);
            Put(Piece(g), greenEntries, x);
            Put(Piece(b), blueEntries, x);
        }
    }
}
