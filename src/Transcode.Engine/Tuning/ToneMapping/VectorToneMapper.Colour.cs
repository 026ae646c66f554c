using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>Colour, from its own rows and columns to every pixel and back.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
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
}
