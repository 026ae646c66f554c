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
        if (Plan.Gamut == GamutMapping.Desaturate && Reach(count))
        {
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

    /// <summary>How far out colours lie, and whether any does so far that it moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Reach(int count)
    {
        TVector untouched = TLanes.FillInts(UntouchedReach);
        bool any = false;
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
            any |= TLanes.IsAnyIntGreater(reach, untouched);
        }

        return any;
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
