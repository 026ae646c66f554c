using System.Runtime.CompilerServices;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>Light into what a standard display has.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
    /// <summary>Into the range of a standard display, to BT.709's primaries, and within its gamut.</summary>
    private void Narrow(int count)
    {
        int vectors = ToStandard(count);
        if (vectors > 0)
        {
            Reach(vectors);
            Fetch(nearer, farEntries, vectors * Ints);
            Desaturate(vectors);
        }

        Fetch(shown, entries, count);
        Fetch(shown, greenEntries, count);
        Fetch(shown, blueEntries, count);
    }

    /// <summary>Also says what each component is shown as, but where a colour of a vector may lie so far out that it moves: those are left as they are.</summary>
    /// <returns>How many these are; <see cref="farOut"/> has their places.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ToStandard(int count)
    {
        TVector redGreen = TLanes.FillInts(RedGains.Green), redBlue = TLanes.FillInts(RedGains.Blue), greenRed = TLanes.FillInts(GreenGains.Red);
        TVector greenBlue = TLanes.FillInts(GreenGains.Blue), blueRed = TLanes.FillInts(BlueGains.Red), blueGreen = TLanes.FillInts(BlueGains.Green);
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        int* greenEntries = this.greenEntries, blueEntries = this.blueEntries, farOut = this.farOut;
        bool bySignal = Plan.Transfer == HdrTransfer.Pq, moves = Plan.Gamut == GamutMapping.Desaturate;
        int vectors = 0;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector share = bySignal ? Get(entries, x) : Value(Get(entries, x), Largest(r, g, b));
            r = Shared(r, share);
            g = Shared(g, share);
            b = Shared(b, share);
            TVector rg = TLanes.SubtractInts(r, g), rb = TLanes.SubtractInts(r, b), gb = TLanes.SubtractInts(g, b);
            r = TLanes.AddInts(r, TLanes.AddInts(Shared(rg, redGreen), Shared(rb, redBlue)));
            g = TLanes.AddInts(g, TLanes.SubtractInts(Shared(gb, greenBlue), Shared(rg, greenRed)));
            b = TLanes.SubtractInts(b, TLanes.AddInts(Shared(rb, blueRed), Shared(gb, blueGreen)));
            if (!moves)
            {
                (r, g, b) = (Clipped(r), Clipped(g), Clipped(b));
            }

            TVector redSingle = TLanes.SinglesOfInts(r), greenSingle = TLanes.SinglesOfInts(g), blueSingle = TLanes.SinglesOfInts(b);
            if (moves && IsAnyFarOut(redSingle, greenSingle, blueSingle))
            {
                Put(r, red, x);
                Put(g, green, x);
                Put(b, blue, x);
                farOut[vectors++] = x;
            }
            else
            {
                PutShown(redSingle, red, entries, x);
                PutShown(greenSingle, green, greenEntries, x);
                PutShown(blueSingle, blue, blueEntries, x);
            }
        }

        return vectors;
    }

    /// <summary>Whether a colour may lie so far out that it moves: told without a division, which most of most pictures so is spared. What lies
    /// nearer has a share of one, which leaves it as it is to the bit; it lies within 0 and 1, and so does black, which stays black.</summary>
    /// <remarks>Near is what is 25/32 of the way to the edge at most, less a little: the pieces of <see cref="ToneTables.Nearer"/> that are 1 throughout end at 51/64. Of
    /// such colours no two components are more than 14 times their grey apart, so that rounded shares move it by a ten thousandth of itself and by 2 at most, and single
    /// precision by less. So it does not matter to the result how numbers are rounded here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAnyFarOut(TVector r, TVector g, TVector b)
    {
        const float near = 7f / 32, little = 8;
        TVector most = TLanes.MaxSingles(r, TLanes.MaxSingles(g, b)), least = TLanes.MinSingles(r, TLanes.MinSingles(g, b)), minus = TLanes.FillSingles(-1);
        TVector grey = TLanes.AddSingles(
            TLanes.MultiplySingles(g, TLanes.FillSingles(-near * 0.7152f)),
            TLanes.AddSingles(TLanes.MultiplySingles(r, TLanes.FillSingles(-near * 0.2126f)), TLanes.MultiplySingles(b, TLanes.FillSingles(-near * 0.0722f))));
        TVector down = TLanes.MultiplySingles(TLanes.AddSingles(TLanes.AddSingles(least, grey), TLanes.FillSingles(-little)), minus);
        TVector up = TLanes.AddSingles(TLanes.AddSingles(most, grey), TLanes.FillSingles(little - ((1 - near) * LightOne)));
        TVector light = TLanes.MaxSingles(most, TLanes.MultiplySingles(least, minus));

        // Above 0 a number in single precision is above 0 as an int, and none other is.
        return TLanes.IsAnyIntGreater(TLanes.MinSingles(TLanes.MaxSingles(down, up), light), TLanes.FillInts(0));
    }

    /// <summary>How far out colours lie, of so many vectors that have such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reach(int vectors)
    {
        TVector ofRed = TLanes.FillInts(TargetLuminance.Red), ofBlue = TLanes.FillInts(TargetLuminance.Blue);
        int* red = this.red, green = this.green, blue = this.blue, entries = farEntries, reaches = this.reaches, greys = this.greys, farOut = this.farOut;
        for (int i = 0; i < vectors; i++)
        {
            int x = farOut[i];
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector grey = Grey(Luminance(r, g, b, ofRed, ofBlue));
            TVector least = TLanes.MinInts(r, TLanes.MinInts(g, b));
            TVector reach = LargerRatio(
                TLanes.SubtractInts(grey, least),
                grey,
                TLanes.SubtractInts(Largest(r, g, b), grey),
                TLanes.SubtractInts(TLanes.FillInts(LightOne), grey));
            Put(grey, greys, i * Ints);
            Put(reach, reaches, i * Ints);
            Put(Piece(reach), entries, i * Ints);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Desaturate(int vectors)
    {
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries, farOut = this.farOut;
        int* greenEntries = this.greenEntries, blueEntries = this.blueEntries, farEntries = this.farEntries, reaches = this.reaches, greys = this.greys;
        for (int i = 0; i < vectors; i++)
        {
            int x = farOut[i];
            TVector r = Get(red, x), g = Get(green, x), b = Get(blue, x);
            TVector grey = Get(greys, i * Ints);
            TVector left = Value(Get(farEntries, i * Ints), Get(reaches, i * Ints));
            r = TLanes.AddInts(grey, Shared(TLanes.SubtractInts(r, grey), left));
            g = TLanes.AddInts(grey, Shared(TLanes.SubtractInts(g, grey), left));
            b = TLanes.AddInts(grey, Shared(TLanes.SubtractInts(b, grey), left));
            PutShown(TLanes.SinglesOfInts(Clipped(r)), red, entries, x);
            PutShown(TLanes.SinglesOfInts(Clipped(g)), green, greenEntries, x);
            PutShown(TLanes.SinglesOfInts(Clipped(b)), blue, blueEntries, x);
        }
    }

    /// <summary>Held within 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clipped(TVector light) => TLanes.MinInts(TLanes.MaxInts(light, TLanes.FillInts(0)), TLanes.FillInts(LightOne));

    /// <summary>A component in single precision, as <see cref="Show"/> wants it, and where it stands among <see cref="ToneTables.Shown"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutShown(TVector single, int* row, int* entries, int x)
    {
        Put(single, row, x);
        Put(PieceOfSingle(single), entries, x);
    }
}
