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

    private readonly PinnedTable light, gain, shares, surround, shown, nearer, pqCode, lumaBias, colourBias;

    /// <summary>Of a stretch: signals' places in tables, then light, then what is shown, in single precision.</summary>
    private readonly int* red, green, blue;

    /// <summary>Places in tables, then what stands there.</summary>
    private readonly int* entries, greenEntries, blueEntries;

    /// <summary>Places of vectors with colours that move, one after the other.</summary>
    private readonly int* farOut;

    /// <summary>Of these alone: their greys, how far out colours lie, and where that stands in a table.</summary>
    private readonly int* greys, reaches, farEntries;

    /// <summary>Holds these.</summary>
    private readonly PinnedTable rows = new(new int[10 * Stretch]);

    public VectorToneMapper(ToneMapPlan plan, int width)
        : base(plan, width)
    {
        light = new(Tables.Light);
        gain = new(Tables.Gain.Entries);
        shares = new(Shares());
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
        farEntries = reaches + Stretch;
        greys = farEntries + Stretch;
        farOut = greys + Stretch;
        lumaBias = new([.. Enumerable.Range(0, PlanePlan.DitherSide * BiasStride).Select(i => Tables.LumaBias(i % BiasStride, i / BiasStride))]);
        colourBias = new([.. Enumerable.Range(0, PlanePlan.DitherSide * BiasStride).Select(i => Tables.ColourBias(i % BiasStride, i / BiasStride))]);
    }

    private static int Ints => TLanes.Count / 2;

    protected override void OnGain()
    {
        gain.Replace(Tables.Gain.Entries);
        shares.Replace(Shares());
    }

    protected override void MapRow(ushort* luma, short* cb, short* cr, byte* mapped, short* mappedCb, short* mappedCr, int y, int count)
    {
        for (int x = 0; x < count; x += Stretch)
        {
            int left = Math.Min(Stretch, count - x);
            Display((short*)luma + x, cb + x, cr + x, left);
            FetchShares(left);
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

    /// <summary>By PQ's signals, what their light is multiplied by where it is the largest of R, G and B. None for HLG.</summary>
    private int[] Shares() => Plan.Transfer == HdrTransfer.Pq ? Array.ConvertAll(Tables.Light, Tables.Gain.At) : [];
}
