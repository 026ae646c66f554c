using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>The arithmetic of <see cref="ScalarToneMapper"/> by vectors of ints, in steps over a stretch of a row that stays in the
/// nearest cache between them.</summary>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector> : ToneMapper
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Pixels of a stretch: whole vectors, and whole periods of the dither.</summary>
    private const int Stretch = 256;

    /// <summary>From one row of the dither to the next: a period, and what a vector reads beyond it.</summary>
    private const int BiasStride = 16;

    private readonly PinnedTable light, gain, surround, shown, nearer, pqCode, lumaBias, colourBias;

    /// <summary>Of a stretch: signals' places in tables, then light.</summary>
    private readonly int* red, green, blue;

    /// <summary>Places in tables, then what stands there.</summary>
    private readonly int* entries, greenEntries, blueEntries;

    /// <summary>How far out colours lie.</summary>
    private readonly int* reaches;

    /// <summary>Holds these.</summary>
    private readonly PinnedTable rows = new(new int[7 * Stretch]);

    public VectorToneMapper(ToneMapPlan plan, int width)
        : base(plan, width)
    {
        light = new(Tables.Light);
        gain = new(Tables.Gain.Entries);
        surround = new(Tables.Surround.Entries);
        shown = new(Tables.Shown.Entries);
        nearer = new(Tables.Nearer.Entries);
        pqCode = new(Tables.PqCode.Entries);
        red = rows.Start;
        green = red + Stretch;
        blue = green + Stretch;
        entries = blue + Stretch;
        greenEntries = entries + Stretch;
        blueEntries = greenEntries + Stretch;
        reaches = blueEntries + Stretch;
        lumaBias = new([.. Enumerable.Range(0, PlanePlan.DitherSide * BiasStride).Select(i => Tables.LumaBias(i % BiasStride, i / BiasStride))]);
        colourBias = new([.. Enumerable.Range(0, PlanePlan.DitherSide * BiasStride).Select(i => Tables.ColourBias(i % BiasStride, i / BiasStride))]);
    }

    private static int Ints => TLanes.Count / 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Blend(ushort* upper, int upperShare, ushort* lower, int lowerShare, short* to, int count)
    {
        TVector shares = TLanes.FillInts(upperShare | (lowerShare << 16)), middle = TLanes.FillInts(-4 * 512);
        for (int x = 0; x < count; x += 2 * Ints)
        {
            TVector above = TLanes.Load(upper + x), below = TLanes.Load(lower + x);
            TLanes.Store(
                TLanes.Pack(
                    TLanes.AddInts(TLanes.MultiplyAdd(TLanes.ZipLow(above, below), shares), middle),
                    TLanes.AddInts(TLanes.MultiplyAdd(TLanes.ZipHigh(above, below), shares), middle)),
                to + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Spread(short* from, short* to, int count)
    {
        TVector lower = TLanes.FillInts(0xFFFF);
        for (int x = 0; x < count; x += Ints)
        {
            TVector own = TLanes.LoadShortsAsInts(from + x), next = TLanes.LoadShortsAsInts(from + x + 1);
            TVector even = TLanes.And(TLanes.AddInts(own, own), lower);
            TLanes.Store(TLanes.Or(even, TLanes.ShiftLeftInts(TLanes.AddInts(own, next), 16)), to + (2 * x));
        }
    }

    protected override void MapRow(ushort* luma, short* cb, short* cr, byte* mapped, short* mappedCb, short* mappedCr, int y, int count)
    {
        for (int x = 0; x < count; x += Stretch)
        {
            int left = Math.Min(Stretch, count - x);
            Display((short*)luma + x, cb + x, cr + x, left);
            FetchByLargest(gain, left);
            Narrow(left);
            Show(mapped + (x * Plan.TargetBytes), mappedCb + x, mappedCr + x, y, left);
        }
    }

    protected override void Brightest(ushort* luma, short* cb, short* cr, int* signals, int count)
    {
        for (int x = 0; x < count; x += Stretch)
        {
            int left = Math.Min(Stretch, count - x);
            Display((short*)luma + x, cb + x, cr + x, left);
            FetchByLargest(pqCode, left);
            for (int i = 0; i < left; i += Ints)
            {
                TVector code = Value(Get(entries, i), Largest(Get(red, i), Get(green, i), Get(blue, i)));
                TLanes.Store(TLanes.MinInts(code, TLanes.FillInts(SignalOne)), signals + x + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Decimate(short* from, int* to, int count)
    {
        TVector pair = TLanes.FillInts(1 | (2 << 16)), single = TLanes.FillInts(1);
        for (int x = 0; x < count; x += Ints)
        {
            TVector sum = TLanes.AddInts(
                TLanes.MultiplyAdd(TLanes.Load(from + (2 * x)), pair), TLanes.MultiplyAdd(TLanes.Load(from + (2 * x) + 2), single));
            TLanes.Store(sum, to + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(int* above, int* first, int* second, int* below, byte* to, int y, int count)
    {
        int* bias = colourBias.Start + (y % PlanePlan.DitherSide * BiasStride);
        int shift = Tables.ColourOutShift;
        bool bytes = Plan.TargetBytes == 1;
        for (int x = 0; x < count; x += Ints)
        {
            TVector inner = TLanes.AddInts(TLanes.Load(first + x), TLanes.Load(second + x));
            TVector outer = TLanes.AddInts(TLanes.Load(above + x), TLanes.Load(below + x));
            TVector sum = TLanes.AddInts(TLanes.AddInts(inner, TLanes.AddInts(inner, inner)), outer);
            sum = TLanes.AddInts(sum, TLanes.Load(bias + (x % PlanePlan.DitherSide)));
            Store(TLanes.ShiftRightInts(sum, shift), to, x, bytes);
        }
    }

    /// <summary>Code values to light.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Display(short* luma, short* cb, short* cr, int count)
    {
        TVector toRed = Pair(SignalLuma, SignalRed), toGreen = Pair(SignalLuma, SignalGreenRed);
        TVector toBlue = Pair(SignalLuma, SignalBlue), toGreenToo = Pair(SignalGreenBlue, 0);
        TVector bias = TLanes.FillInts(SignalBias);
        int* red = this.red, green = this.green, blue = this.blue;
        for (int x = 0; x < count; x += Ints)
        {
            TVector grey = TLanes.ShiftLeftInts(TLanes.LoadShortsAsInts(luma + x), 3);
            TVector blueness = TLanes.LoadShortsAsInts(cb + x);
            TVector withRed = TLanes.Or(grey, TLanes.ShiftLeftInts(TLanes.LoadShortsAsInts(cr + x), 16));
            TVector withBlue = TLanes.Or(grey, TLanes.ShiftLeftInts(blueness, 16));
            TVector greenness = TLanes.AddInts(TLanes.MultiplyAdd(withRed, toGreen), TLanes.MultiplyAdd(blueness, toGreenToo));
            Put(Signal(TLanes.AddInts(TLanes.MultiplyAdd(withRed, toRed), bias)), red, x);
            Put(Signal(TLanes.AddInts(greenness, bias)), green, x);
            Put(Signal(TLanes.AddInts(TLanes.MultiplyAdd(withBlue, toBlue), bias)), blue, x);
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
            Put(Shared(r, share), red, x);
            Put(Shared(g, share), green, x);
            Put(Shared(b, share), blue, x);
        }
    }

    /// <summary>What stands in a table for the largest of R, G and B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FetchByLargest(PinnedTable table, int count)
    {
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries;
        for (int x = 0; x < count; x += Ints)
        {
            Put(Piece(Largest(Get(red, x), Get(green, x), Get(blue, x))), entries, x);
        }

        Fetch(table, entries, count);
    }

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

    /// <summary>Light to the target's code values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Show(byte* mapped, short* mappedCb, short* mappedCr, int y, int count)
    {
        TVector luma = Pair(Luma.Red, Luma.Green), lumaToo = Pair(Luma.Blue, 0);
        TVector cb = Pair(ColourBlue.Red, ColourBlue.Green), cbToo = Pair(ColourBlue.Blue, 0);
        TVector cr = Pair(ColourRed.Red, ColourRed.Green), crToo = Pair(ColourRed.Blue, 0);
        TVector half = TLanes.FillInts(1 << (ColourShift - 1));
        int* bias = lumaBias.Start + (y % PlanePlan.DitherSide * BiasStride);
        int shift = Tables.LumaShift;
        bool bytes = Plan.TargetBytes == 1;
        int* red = this.red, green = this.green, blue = this.blue, entries = this.entries, greenEntries = this.greenEntries, blueEntries = this.blueEntries;
        for (int x = 0; x < count; x += Ints)
        {
            TVector r = TLanes.ShiftRightInts(Value(Get(entries, x), Get(red, x)), ShownSpareBits);
            TVector g = TLanes.ShiftRightInts(Value(Get(greenEntries, x), Get(green, x)), ShownSpareBits);
            TVector b = TLanes.ShiftRightInts(Value(Get(blueEntries, x), Get(blue, x)), ShownSpareBits);
            TVector rg = TLanes.Or(r, TLanes.ShiftLeftInts(g, 16));
            TVector sum = TLanes.AddInts(TLanes.MultiplyAdd(rg, cb), TLanes.MultiplyAdd(b, cbToo));
            TLanes.StoreIntsAsShorts(TLanes.ShiftRightInts(TLanes.AddInts(sum, half), ColourShift), mappedCb + x);
            sum = TLanes.AddInts(TLanes.MultiplyAdd(rg, cr), TLanes.MultiplyAdd(b, crToo));
            TLanes.StoreIntsAsShorts(TLanes.ShiftRightInts(TLanes.AddInts(sum, half), ColourShift), mappedCr + x);
            sum = TLanes.AddInts(TLanes.MultiplyAdd(rg, luma), TLanes.MultiplyAdd(b, lumaToo));
            sum = TLanes.AddInts(sum, TLanes.Load(bias + (x % PlanePlan.DitherSide)));
            Store(TLanes.ShiftRightInts(sum, shift), mapped, x, bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, byte* row, int x, bool bytes)
    {
        if (bytes)
        {
            TLanes.StoreIntsAsBytes(value, row + x);
        }
        else
        {
            TLanes.StoreIntsAsShorts(value, (short*)row + x);
        }
    }
}
