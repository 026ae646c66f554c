using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>The arithmetic of <see cref="BobWeaver"/> for a vector's worth of a row at a time, as shorts: twelve bits and their sums of
/// four fit. The last vector of a row ends with it, over what the one before it made.</summary>
internal sealed unsafe class VectorWeaver<TLanes, TVector>(int bits) : BobWeaver(bits)
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    /// <summary>Of a vector.</summary>
    private static int Shorts => TLanes.Count;

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
            FillRow<ushort>(target, from, neighbours, width);
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
        PlanePointer earlier = from.Earlier, later = from.Later;
        byte* e0 = earlier.Row(0), l0 = later.Row(0), eUp2 = earlier.Row(-2), lUp2 = later.Row(-2), eDown2 = earlier.Row(2), lDown2 = later.Row(2);
        byte* eUp4 = earlier.Row(-4), lUp4 = later.Row(-4), eDown4 = earlier.Row(4), lDown4 = later.Row(4);
        TVector near = TLanes.FillInts(Pair(HighNear, -HighTwo)), four = TLanes.FillInts(Pair(HighFour, 0));
        TVector low = TLanes.FillInts(Pair(LowNear, -LowFar)), single = TLanes.FillInts(Pair(AloneNear, -AloneFar)), none = TLanes.FillInts(0);
        short largest = (short)((1 << Bits) - 1);
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector c = Load<TSample>(above, i), e = Load<TSample>(below, i);
            TVector p = Load<TSample>(e0, i), n = Load<TSample>(l0, i);
            TVector sum = TLanes.Add(p, n);
            TVector d = Half(sum);
            TVector across = Distance(p, n);
            TVector still = Moved<TSample>(c, e, across, beforeAbove, beforeBelow, afterAbove, afterBelow, i);
            TVector upper = TLanes.Add(Load<TSample>(eUp2, i), Load<TSample>(lUp2, i));
            TVector lower = TLanes.Add(Load<TSample>(eDown2, i), Load<TSample>(lDown2, i));
            TVector moved = Widened(still, c, d, e, upper, lower);

            TVector two = TLanes.Add(upper, lower);
            TVector outer = TLanes.Add(
                TLanes.Add(Load<TSample>(eUp4, i), Load<TSample>(lUp4, i)),
                TLanes.Add(Load<TSample>(eDown4, i), Load<TSample>(lDown4, i)));
            TVector own = TLanes.Add(c, e);
            TVector far = TLanes.Add(Load<TSample>(farAbove, i), Load<TSample>(farBelow, i));
            TVector ownLow = TLanes.ZipLow(own, far), ownHigh = TLanes.ZipHigh(own, far);
            TVector left = TLanes.AddInts(TLanes.MultiplyAdd(TLanes.ZipLow(sum, two), near), TLanes.MultiplyAdd(TLanes.ZipLow(outer, none), four));
            TVector right = TLanes.AddInts(TLanes.MultiplyAdd(TLanes.ZipHigh(sum, two), near), TLanes.MultiplyAdd(TLanes.ZipHigh(outer, none), four));
            left = TLanes.AddInts(TLanes.ShiftRightInts(left, 2), TLanes.MultiplyAdd(ownLow, low));
            right = TLanes.AddInts(TLanes.ShiftRightInts(right, 2), TLanes.MultiplyAdd(ownHigh, low));
            TVector both = TLanes.Pack(TLanes.ShiftRightInts(left, Shift), TLanes.ShiftRightInts(right, Shift));
            TVector alone = TLanes.Pack(
                TLanes.ShiftRightInts(TLanes.MultiplyAdd(ownLow, single), Shift), TLanes.ShiftRightInts(TLanes.MultiplyAdd(ownHigh, single), Shift));
            TVector value = TLanes.IfGreater(Distance(c, e), across, both, alone);
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
        PlanePointer earlier = from.Earlier, later = from.Later;
        TVector none = TLanes.FillInts(0);
        short largest = (short)((1 << Bits) - 1);
        bool looks = at.Way == FieldRow.Formula.EdgeChecked;
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector c = Load<TSample>(above, i), e = Load<TSample>(below, i);
            TVector p = Load<TSample>(earlier.Row(0), i), n = Load<TSample>(later.Row(0), i);
            TVector d = Half(TLanes.Add(p, n));
            TVector still = Moved<TSample>(c, e, Distance(p, n), beforeAbove, beforeBelow, afterAbove, afterBelow, i);
            TVector moved = still;
            if (looks)
            {
                TVector upper = TLanes.Add(Load<TSample>(earlier.Row(-2), i), Load<TSample>(later.Row(-2), i));
                TVector lower = TLanes.Add(Load<TSample>(earlier.Row(2), i), Load<TSample>(later.Row(2), i));
                moved = Widened(still, c, d, e, upper, lower);
            }

            Store<TSample>(Held(Half(TLanes.Add(c, e)), d, moved, still, none), target, i, largest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Alone<TSample>(byte* target, in RowSources from, FieldRow at, int width)
        where TSample : unmanaged
    {
        byte* above = from.Current.Row(at.Above), below = from.Current.Row(at.Below);
        byte* farAbove = from.Current.Row(at.FarAbove), farBelow = from.Current.Row(at.FarBelow);
        TVector single = TLanes.FillInts(Pair(AloneNear, -AloneFar));
        short largest = (short)((1 << Bits) - 1);
        for (nint x = 0; x < width; x += Shorts)
        {
            nint i = Math.Min(x, width - Shorts);
            TVector own = TLanes.Add(Load<TSample>(above, i), Load<TSample>(below, i));
            TVector far = TLanes.Add(Load<TSample>(farAbove, i), Load<TSample>(farBelow, i));
            TVector left = TLanes.ShiftRightInts(TLanes.MultiplyAdd(TLanes.ZipLow(own, far), single), Shift);
            TVector right = TLanes.ShiftRightInts(TLanes.MultiplyAdd(TLanes.ZipHigh(own, far), single), Shift);
            Store<TSample>(TLanes.Pack(left, right), target, i, largest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Moved<TSample>(
        TVector c, TVector e, TVector across, byte* beforeAbove, byte* beforeBelow, byte* afterAbove, byte* afterBelow, nint i)
        where TSample : unmanaged
    {
        TVector before = TLanes.Add(
            Distance(Load<TSample>(beforeAbove, i), c), Distance(Load<TSample>(beforeBelow, i), e));
        TVector after = TLanes.Add(
            Distance(Load<TSample>(afterAbove, i), c), Distance(Load<TSample>(afterBelow, i), e));
        return Half(TLanes.MaxSigned(across, TLanes.MaxSigned(before, after)));
    }

    /// <param name="upper">The sum of the fields around, two rows above.</param>
    /// <param name="lower">Two rows below.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Widened(TVector moved, TVector c, TVector d, TVector e, TVector upper, TVector lower)
    {
        TVector b = TLanes.Subtract(Half(upper), c);
        TVector f = TLanes.Subtract(Half(lower), e);
        TVector dc = TLanes.Subtract(d, c);
        TVector de = TLanes.Subtract(d, e);
        TVector most = TLanes.MaxSigned(TLanes.MaxSigned(de, dc), TLanes.MinSigned(b, f));
        TVector least = TLanes.MinSigned(TLanes.MinSigned(de, dc), TLanes.MaxSigned(b, f));
        return TLanes.MaxSigned(TLanes.MaxSigned(moved, least), TLanes.Subtract(TLanes.FillInts(0), most));
    }

    /// <summary>Within <paramref name="moved"/> of <paramref name="d"/>; that itself where nothing moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Held(TVector value, TVector d, TVector moved, TVector still, TVector none)
    {
        TVector held = TLanes.MaxSigned(
            TLanes.MinSigned(value, TLanes.Add(d, moved)), TLanes.Subtract(d, moved));
        return TLanes.IfGreater(still, none, held, d);
    }

    /// <summary>How far two are apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Distance(TVector a, TVector b) => TLanes.Abs(TLanes.Subtract(a, b));

    /// <summary>Of each, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Half(TVector value) => TLanes.ShiftRightSigned(value, 1);

    private static int Pair(int first, int second) => (first & 0xFFFF) | (second << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TSample>(byte* row, nint at)
        where TSample : unmanaged => SampleVector<TSample, TLanes, TVector>.Load(row, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSample>(TVector value, byte* row, nint at, short largest)
        where TSample : unmanaged => SampleVector<TSample, TLanes, TVector>.Store(TLanes.Clamp(value, largest), row, at);
}
