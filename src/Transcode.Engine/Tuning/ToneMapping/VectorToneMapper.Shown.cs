using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Scaling;
using static Transcode.Engine.Tuning.ToneMapping.ToneTables;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <content>From what light is shown as to the target's samples.</content>
internal sealed unsafe partial class VectorToneMapper<TLanes, TVector>
{
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
            TVector r = TLanes.ShiftRightInts(ValueOfSingle(Get(entries, x), Get(red, x)), ShownSpareBits);
            TVector g = TLanes.ShiftRightInts(ValueOfSingle(Get(greenEntries, x), Get(green, x)), ShownSpareBits);
            TVector b = TLanes.ShiftRightInts(ValueOfSingle(Get(blueEntries, x), Get(blue, x)), ShownSpareBits);
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
