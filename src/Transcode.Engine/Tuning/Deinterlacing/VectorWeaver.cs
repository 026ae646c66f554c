using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>The arithmetic of <see cref="BobWeaver"/> for a vector's worth of a row at a time, as shorts: ten bits and their sums of
/// four fit. The last vector of a row ends with it, over what the one before it made.</summary>
internal sealed unsafe class VectorWeaver<TLanes, TVector>(int bits) : BobWeaver(bits)
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Of a vector.</summary>
    private static int Shorts => 8 * TLanes.Count;

    protected override void Fill(byte* target, in RowSources from, FieldRow neighbours, int width)
    {
        if (width < Shorts)
        {
            ScalarWeaver.FillRow(target, from, neighbours, 0, width, Bits);
        }
        else if (Bits == 8)
        {
            FillRow<byte>(target, from, neighbours, width);
        }
        else
        {
            FillRow<short>(target, from, neighbours, width);
        }
    }

    private void FillRow<TSample>(byte* target, in RowSources from, FieldRow at, int width)
        where TSample : unmanaged
    {
        switch (at.Way)
        {
            case FieldRow.Formula.Full:
                Full<TSample>(target, from, width);
                break;
            case FieldRow.Formula.Alone:
                Alone<TSample>(target, from, at, width);
                break;
            default:
                Edge<TSample>(target, from, at, width);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Full<TSample>(byte* target, in RowSources from, int width)
        where TSample : unmanaged
    {
        byte* above = from.Current.Row(-1), below = from.Current.Row(1);
        byte* farAbove = from.Current.Row(-3), farBelow = from.Current.Row(3);
        byte* beforeAbove = from.Before.Row(-1), beforeBelow = from.Before.Row(1);
        byte* afterAbove = from.After.Row(-1), afterBelow = from.After.Row(1);
        RowPointer earlier = from.Earlier, later = from.Later;
        byte* e0 = earlier.Row(0), l0 = later.Row(0), eUp2 = earlier.Row(-2), lUp2 = later.Row(-2), eDown2 = earlier.Row(2), lDown2 = later.Row(2);
        byte* eUp4 = earlier.Row(-4), lUp4 = later.Row(-4), eDown4 = earlier.Row(4), lDown4 = later.Row(4);
        TVector near = TLanes.Fill(Pair(HighNear, -HighTwo)), four = TLanes.Fill(Pair(HighFour, 0));
        TVector low = TLanes.Fill(Pair(LowNear, -LowFar)), single = TLanes.Fill(Pair(AloneNear, -AloneFar)), none = TLanes.Fill(0);
        short largest = (short)((1 << Bits) - 1);
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector c = Load<TSample>(above, i), e = Load<TSample>(below, i);
            TVector p = Load<TSample>(e0, i), n = Load<TSample>(l0, i);
            TVector sum = ShortLanes<TVector>.Add(p, n);
            TVector d = ShortLanes<TVector>.Half(sum);
            TVector across = ShortLanes<TVector>.Distance(p, n);
            TVector still = Moved<TSample>(c, e, across, beforeAbove, beforeBelow, afterAbove, afterBelow, i);
            TVector upper = ShortLanes<TVector>.Add(Load<TSample>(eUp2, i), Load<TSample>(lUp2, i));
            TVector lower = ShortLanes<TVector>.Add(Load<TSample>(eDown2, i), Load<TSample>(lDown2, i));
            TVector moved = Widened(still, c, d, e, upper, lower);

            TVector two = ShortLanes<TVector>.Add(upper, lower);
            TVector outer = ShortLanes<TVector>.Add(
                ShortLanes<TVector>.Add(Load<TSample>(eUp4, i), Load<TSample>(lUp4, i)),
                ShortLanes<TVector>.Add(Load<TSample>(eDown4, i), Load<TSample>(lDown4, i)));
            TVector own = ShortLanes<TVector>.Add(c, e);
            TVector far = ShortLanes<TVector>.Add(Load<TSample>(farAbove, i), Load<TSample>(farBelow, i));
            TVector ownLow = TLanes.ZipLow16(own, far), ownHigh = TLanes.ZipHigh16(own, far);
            TVector left = TLanes.Add(TLanes.MultiplyAdd(TLanes.ZipLow16(sum, two), near), TLanes.MultiplyAdd(TLanes.ZipLow16(outer, none), four));
            TVector right = TLanes.Add(TLanes.MultiplyAdd(TLanes.ZipHigh16(sum, two), near), TLanes.MultiplyAdd(TLanes.ZipHigh16(outer, none), four));
            left = TLanes.Add(ShortLanes<TVector>.ShiftRightInts(left, 2), TLanes.MultiplyAdd(ownLow, low));
            right = TLanes.Add(ShortLanes<TVector>.ShiftRightInts(right, 2), TLanes.MultiplyAdd(ownHigh, low));
            TVector both = TLanes.ToShorts(ShortLanes<TVector>.ShiftRightInts(left, Shift), ShortLanes<TVector>.ShiftRightInts(right, Shift));
            TVector alone = TLanes.ToShorts(
                ShortLanes<TVector>.ShiftRightInts(TLanes.MultiplyAdd(ownLow, single), Shift), ShortLanes<TVector>.ShiftRightInts(TLanes.MultiplyAdd(ownHigh, single), Shift));
            TVector value = ShortLanes<TVector>.IfGreater(ShortLanes<TVector>.Distance(c, e), across, both, alone);
            Store<TSample>(Held(value, d, moved, still, none), target, i, largest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Edge<TSample>(byte* target, in RowSources from, FieldRow at, int width)
        where TSample : unmanaged
    {
        byte* above = from.Current.Row(at.Above), below = from.Current.Row(at.Below);
        byte* beforeAbove = from.Before.Row(at.Above), beforeBelow = from.Before.Row(at.Below);
        byte* afterAbove = from.After.Row(at.Above), afterBelow = from.After.Row(at.Below);
        RowPointer earlier = from.Earlier, later = from.Later;
        TVector none = TLanes.Fill(0);
        short largest = (short)((1 << Bits) - 1);
        bool looks = at.Way == FieldRow.Formula.EdgeChecked;
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector c = Load<TSample>(above, i), e = Load<TSample>(below, i);
            TVector p = Load<TSample>(earlier.Row(0), i), n = Load<TSample>(later.Row(0), i);
            TVector d = ShortLanes<TVector>.Half(ShortLanes<TVector>.Add(p, n));
            TVector still = Moved<TSample>(c, e, ShortLanes<TVector>.Distance(p, n), beforeAbove, beforeBelow, afterAbove, afterBelow, i);
            TVector moved = still;
            if (looks)
            {
                TVector upper = ShortLanes<TVector>.Add(Load<TSample>(earlier.Row(-2), i), Load<TSample>(later.Row(-2), i));
                TVector lower = ShortLanes<TVector>.Add(Load<TSample>(earlier.Row(2), i), Load<TSample>(later.Row(2), i));
                moved = Widened(still, c, d, e, upper, lower);
            }

            Store<TSample>(Held(ShortLanes<TVector>.Half(ShortLanes<TVector>.Add(c, e)), d, moved, still, none), target, i, largest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Alone<TSample>(byte* target, in RowSources from, FieldRow at, int width)
        where TSample : unmanaged
    {
        byte* above = from.Current.Row(at.Above), below = from.Current.Row(at.Below);
        byte* farAbove = from.Current.Row(at.FarAbove), farBelow = from.Current.Row(at.FarBelow);
        TVector single = TLanes.Fill(Pair(AloneNear, -AloneFar));
        short largest = (short)((1 << Bits) - 1);
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector own = ShortLanes<TVector>.Add(Load<TSample>(above, i), Load<TSample>(below, i));
            TVector far = ShortLanes<TVector>.Add(Load<TSample>(farAbove, i), Load<TSample>(farBelow, i));
            TVector left = ShortLanes<TVector>.ShiftRightInts(TLanes.MultiplyAdd(TLanes.ZipLow16(own, far), single), Shift);
            TVector right = ShortLanes<TVector>.ShiftRightInts(TLanes.MultiplyAdd(TLanes.ZipHigh16(own, far), single), Shift);
            Store<TSample>(TLanes.ToShorts(left, right), target, i, largest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Moved<TSample>(
        TVector c, TVector e, TVector across, byte* beforeAbove, byte* beforeBelow, byte* afterAbove, byte* afterBelow, nint i)
        where TSample : unmanaged
    {
        TVector before = ShortLanes<TVector>.Add(
            ShortLanes<TVector>.Distance(Load<TSample>(beforeAbove, i), c), ShortLanes<TVector>.Distance(Load<TSample>(beforeBelow, i), e));
        TVector after = ShortLanes<TVector>.Add(
            ShortLanes<TVector>.Distance(Load<TSample>(afterAbove, i), c), ShortLanes<TVector>.Distance(Load<TSample>(afterBelow, i), e));
        return ShortLanes<TVector>.Half(ShortLanes<TVector>.Max(across, ShortLanes<TVector>.Max(before, after)));
    }

    /// <param name="upper">The sum of the fields around, two rows above.</param>
    /// <param name="lower">Two rows below.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Widened(TVector moved, TVector c, TVector d, TVector e, TVector upper, TVector lower)
    {
        TVector b = ShortLanes<TVector>.Subtract(ShortLanes<TVector>.Half(upper), c);
        TVector f = ShortLanes<TVector>.Subtract(ShortLanes<TVector>.Half(lower), e);
        TVector dc = ShortLanes<TVector>.Subtract(d, c);
        TVector de = ShortLanes<TVector>.Subtract(d, e);
        TVector most = ShortLanes<TVector>.Max(ShortLanes<TVector>.Max(de, dc), ShortLanes<TVector>.Min(b, f));
        TVector least = ShortLanes<TVector>.Min(ShortLanes<TVector>.Min(de, dc), ShortLanes<TVector>.Max(b, f));
        return ShortLanes<TVector>.Max(ShortLanes<TVector>.Max(moved, least), ShortLanes<TVector>.Subtract(TLanes.Fill(0), most));
    }

    /// <summary>Within <paramref name="moved"/> of <paramref name="d"/>; that itself where nothing moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Held(TVector value, TVector d, TVector moved, TVector still, TVector none)
    {
        TVector held = ShortLanes<TVector>.Max(
            ShortLanes<TVector>.Min(value, ShortLanes<TVector>.Add(d, moved)), ShortLanes<TVector>.Subtract(d, moved));
        return ShortLanes<TVector>.IfGreater(still, none, held, d);
    }

    private static int Pair(int first, int second) => (first & 0xFFFF) | (second << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TSample>(byte* row, nint at)
        where TSample : unmanaged =>
        typeof(TSample) == typeof(byte) ? TLanes.LoadBytes(row + at) : TLanes.Load((short*)row + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSample>(TVector value, byte* row, nint at, short largest)
        where TSample : unmanaged
    {
        value = TLanes.Clamp(value, largest);
        if (typeof(TSample) == typeof(byte))
        {
            ShortLanes<TVector>.StoreBytes(value, row + at);
        }
        else
        {
            TLanes.Store(value, (short*)row + at);
        }
    }
}
