using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>The arithmetic of <see cref="BobWeaver"/>, one sample after the other: what the vectors are measured against, what
/// machines without them use, and what rows shorter than a vector are made by.</summary>
internal sealed unsafe class ScalarWeaver(int bits) : BobWeaver(bits)
{
    protected override void Fill(byte* target, in RowSources from, FieldRow neighbours, int width) =>
        FillRow(target, from, neighbours, 0, width, Bits);

    /// <summary>Makes the samples from one column to before another.</summary>
    public static void FillRow(byte* target, in RowSources from, FieldRow neighbours, int left, int right, int bits)
    {
        for (int x = left; x < right; x++)
        {
            int value = bits == 8 ? Sample<byte>(from, neighbours, x) : Sample<ushort>(from, neighbours, x);
            int held = Math.Clamp(value, 0, (1 << bits) - 1);
            if (bits == 8)
            {
                target[x] = (byte)held;
            }
            else
            {
                ((ushort*)target)[x] = (ushort)held;
            }
        }
    }

    private static int Sample<TSample>(in RowSources from, FieldRow at, int x)
        where TSample : unmanaged
    {
        int c = At<TSample>(from.Current, at.Above, x);
        int e = At<TSample>(from.Current, at.Below, x);
        int far = At<TSample>(from.Current, at.FarAbove, x) + At<TSample>(from.Current, at.FarBelow, x);
        int alone = ((AloneNear * (c + e)) - (AloneFar * far)) >> Shift;
        if (at.Way == FieldRow.Formula.Alone)
        {
            return alone;
        }

        int sum = Both<TSample>(from, 0, x);
        int d = sum >> 1;
        int across = Math.Abs(At<TSample>(from.Earlier, 0, x) - At<TSample>(from.Later, 0, x));
        int moved = Math.Max(across >> 1, Math.Max(Moved<TSample>(from.Before, at, x, c, e), Moved<TSample>(from.After, at, x, c, e)));
        if (moved == 0)
        {
            return d;
        }

        if (at.Way != FieldRow.Formula.Edge)
        {
            int b = (Both<TSample>(from, -2, x) >> 1) - c;
            int f = (Both<TSample>(from, 2, x) >> 1) - e;
            int most = Math.Max(d - e, Math.Max(d - c, Math.Min(b, f)));
            int least = Math.Min(d - e, Math.Min(d - c, Math.Max(b, f)));
            moved = Math.Max(moved, Math.Max(least, -most));
        }

        int value = (c + e) >> 1;
        if (at.Way == FieldRow.Formula.Full)
        {
            int high = (HighNear * sum) - (HighTwo * (Both<TSample>(from, -2, x) + Both<TSample>(from, 2, x)))
                + (HighFour * (Both<TSample>(from, -4, x) + Both<TSample>(from, 4, x)));
            value = Math.Abs(c - e) > across ? ((high >> 2) + (LowNear * (c + e)) - (LowFar * far)) >> Shift : alone;
        }

        return Math.Clamp(value, d - moved, d + moved);
    }

    private static int Moved<TSample>(PlanePointer picture, FieldRow at, int x, int c, int e)
        where TSample : unmanaged =>
        (Math.Abs(At<TSample>(picture, at.Above, x) - c) + Math.Abs(At<TSample>(picture, at.Below, x) - e)) >> 1;

    /// <summary>The fields before and after, so many rows on.</summary>
    private static int Both<TSample>(in RowSources from, int rows, int x)
        where TSample : unmanaged => At<TSample>(from.Earlier, rows, x) + At<TSample>(from.Later, rows, x);

    private static int At<TSample>(PlanePointer row, int rows, int x)
        where TSample : unmanaged =>
        typeof(TSample) == typeof(byte) ? row.Row(rows)[x] : ((ushort*)row.Row(rows))[x];
}
