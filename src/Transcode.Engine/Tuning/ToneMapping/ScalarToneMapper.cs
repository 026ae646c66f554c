using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>The arithmetic as it is written down: what every other way is measured against, and what machines without vectors use.</summary>
internal sealed unsafe class ScalarToneMapper(ToneMapPlan plan, int width) : ToneMapper(plan, width)
{
    protected override void Blend(ushort* upper, int upperShare, ushort* lower, int lowerShare, short* to, int count)
    {
        for (int x = 0; x < count; x++)
        {
            to[x] = (short)((upper[x] * upperShare) + (lower[x] * lowerShare) - (4 * 512));
        }
    }

    protected override void Spread(short* from, short* to, int count)
    {
        for (int x = 0; x < count; x++)
        {
            to[2 * x] = (short)(2 * from[x]);
            to[(2 * x) + 1] = (short)(from[x] + from[x + 1]);
        }
    }

    protected override void MapRow(ushort* luma, short* cb, short* cr, byte* mapped, short* mappedCb, short* mappedCr, int y, int count)
    {
        for (int x = 0; x < count; x++)
        {
            (int r, int g, int b) = Displayed(luma[x], cb[x], cr[x]);
            int gain = Tables.Gain.At(Math.Max(r, Math.Max(g, b)));
            (r, g, b) = Narrowed(Shared(r, gain), Shared(g, gain), Shared(b, gain));
            r = Tables.Shown.At(r) >> ShownSpareBits;
            g = Tables.Shown.At(g) >> ShownSpareBits;
            b = Tables.Shown.At(b) >> ShownSpareBits;
            mappedCb[x] = (short)((Weighed(ColourBlue, r, g, b) + (1 << (ColourShift - 1))) >> ColourShift);
            mappedCr[x] = (short)((Weighed(ColourRed, r, g, b) + (1 << (ColourShift - 1))) >> ColourShift);
            Store(mapped, x, (Weighed(Luma, r, g, b) + Tables.LumaBias(x, y)) >> Tables.LumaShift);
        }
    }

    protected override void Brightest(ushort* luma, short* cb, short* cr, int* signals, int count)
    {
        for (int x = 0; x < count; x++)
        {
            (int r, int g, int b) = Displayed(luma[x], cb[x], cr[x]);
            signals[x] = Math.Min(SignalOne, Tables.PqCode.At(Math.Max(r, Math.Max(g, b))));
        }
    }

    protected override void Decimate(short* from, int* to, int count)
    {
        for (int x = 0; x < count; x++)
        {
            to[x] = from[2 * x] + (2 * from[(2 * x) + 1]) + from[(2 * x) + 2];
        }
    }

    protected override void Finish(int* above, int* first, int* second, int* below, byte* to, int y, int count)
    {
        for (int x = 0; x < count; x++)
        {
            Store(to, x, (above[x] + (3 * (first[x] + second[x])) + below[x] + Tables.ColourBias(x, y)) >> Tables.ColourOutShift);
        }
    }

    /// <summary>Light of a pixel as its display shows it, in BT.2020's primaries.</summary>
    private (int R, int G, int B) Displayed(int luma, int cb, int cr)
    {
        int grey = (8 * luma * SignalLuma) + SignalBias;
        int r = Tables.Light[Signal(grey + (cr * SignalRed))];
        int g = Tables.Light[Signal(grey + (cb * SignalGreenBlue) + (cr * SignalGreenRed))];
        int b = Tables.Light[Signal(grey + (cb * SignalBlue))];
        if (Plan.Transfer == HdrTransfer.Pq)
        {
            return (r, g, b);
        }

        int surround = Tables.Surround.At(Luminance(SourceLuminance, r, g, b));
        return (Shared(r, surround), Shared(g, surround), Shared(b, surround));
    }

    /// <summary>Light in BT.709's primaries, and within its gamut.</summary>
    private (int R, int G, int B) Narrowed(int r, int g, int b)
    {
        (int rg, int rb, int gb) = (r - g, r - b, g - b);
        r += Shared(rg, RedGains.Green) + Shared(rb, RedGains.Blue);
        g += Shared(gb, GreenGains.Blue) - Shared(rg, GreenGains.Red);
        b -= Shared(rb, BlueGains.Red) + Shared(gb, BlueGains.Green);
        if (Plan.Gamut == GamutMapping.Desaturate)
        {
            int grey = Math.Clamp(Luminance(TargetLuminance, r, g, b), 1, LightOne - 1);
            int least = Math.Min(r, Math.Min(g, b)), most = Math.Max(r, Math.Max(g, b));

            // The two divisions are IEEE 754's, of whole numbers that conversion to single precision rounds alike everywhere.
            float reach = Math.Max((float)(grey - least) / grey, (float)(most - grey) / (LightOne - grey));
            int left = Tables.Nearer.At((int)(Math.Min(reach, 1 << MostReachOctaves) * (1 << ReachBits)));
            (r, g, b) = (grey + Shared(r - grey, left), grey + Shared(g - grey, left), grey + Shared(b - grey, left));
        }

        return (Math.Clamp(r, 0, LightOne), Math.Clamp(g, 0, LightOne), Math.Clamp(b, 0, LightOne));
    }

    private static int Signal(int sum) => Math.Clamp(sum >> MatrixBits, 0, SignalOne);

    /// <summary>What a share leaves of light, rounded down.</summary>
    private static int Shared(int light, int share) => (int)(((long)light * share) >> ShareBits);

    private static int Luminance((int Red, int Blue) of, int r, int g, int b) => g + Shared(r - g, of.Red) + Shared(b - g, of.Blue);

    private static int Weighed((int Red, int Green, int Blue) of, int r, int g, int b) => (of.Red * r) + (of.Green * g) + (of.Blue * b);

    private void Store(byte* row, int x, int value)
    {
        if (Plan.TargetBytes == 1)
        {
            row[x] = (byte)value;
        }
        else
        {
            ((ushort*)row)[x] = (ushort)value;
        }
    }
}
