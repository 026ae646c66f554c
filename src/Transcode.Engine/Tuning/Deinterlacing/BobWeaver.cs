using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>Makes a whole plane of one field: its own rows as they are, the missing ones by bwdif, the "Bob Weaver" filter of
/// libavfilter (T. Mundt after M. Niedermayer's yadif and M. Weston's three-field filter of BBC R&amp;D), to its very bytes.
/// 8 bits, or up to 12 in 16-bit words of this machine's order.</summary>
/// <remarks>
/// With c and e the field's rows above and below, p and n the fields before and after, d = (p + n) ≫ 1 at the place itself:
/// what moved is max(|p − n| ≫ 1, (|c′ − c| + |e′ − e|) ≫ 1 for the field of the same rows before, and after). Nothing moved: d. Else a
/// sharp vertical filter, of the field alone where it is steeper there than between the fields, is held within d ± that, which
/// is widened where the rows two above and two below say so.
/// </remarks>
internal abstract unsafe class BobWeaver
{
    /// <summary>Of the field's rows, beside <see cref="High"/>: low frequencies. BBC R&amp;D, PH-2071, in 8192ths.</summary>
    protected const int LowNear = 4309, LowFar = 213;

    /// <summary>Of the fields around: high frequencies, at 0, ±2 and ±4 rows, in 32768ths.</summary>
    protected const int HighNear = 5570, HighTwo = 3801, HighFour = 1016;

    /// <summary>Of the field's rows alone, in 8192ths.</summary>
    protected const int AloneNear = 5077, AloneFar = 981;

    protected const int Shift = 13;

    protected BobWeaver(int bits)
    {
        Bits = bits;
    }

    protected int Bits { get; }

    protected int SampleBytes => Bits > 8 ? 2 : 1;

    /// <param name="bits">Of a sample: 8 to 12.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    public static BobWeaver For(int bits, LaneWidth lanes) => lanes switch
    {
        LaneWidth.None => new ScalarWeaver(bits),
        LaneWidth.Plain => new VectorWeaver<Lanes128<Instructions.Plain>, Vector128<ushort>>(bits),
        LaneWidth.One => new VectorWeaver<Lanes128<Instructions.Own>, Vector128<ushort>>(bits),
        LaneWidth.Two => new VectorWeaver<Lanes256, Vector256<ushort>>(bits),
        LaneWidth.Four => new VectorWeaver<Lanes512, Vector512<ushort>>(bits),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes)),
    };

    /// <summary>Makes one plane. Neither a row's end up to its pitch nor anything after the last row is read or written.</summary>
    /// <param name="before">The picture before; the current one where there is none.</param>
    /// <param name="current">The picture that holds the field.</param>
    /// <param name="after">The picture after; the current one where there is none.</param>
    /// <param name="target">None of theirs.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="field">Which rows are kept.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Weave(
        PlaneView before, PlaneView current, PlaneView after, Span<byte> target, int targetPitch, int width, int height, FieldChoice field)
    {
        int rowBytes = width * SampleBytes;
        before.Check(rowBytes, height, nameof(before));
        current.Check(rowBytes, height, nameof(current));
        after.Check(rowBytes, height, nameof(after));
        PlaneShape.Check(target.Length, targetPitch, rowBytes, height, nameof(target));
        fixed (byte* previous = before.Samples, own = current.Samples, next = after.Samples, to = target)
        {
            for (int y = 0; y < height; y++)
            {
                byte* row = to + ((nint)y * targetPitch);
                FieldRow neighbours = FieldRow.At(y, height, SampleBytes, field.Alone);
                if (y % 2 == (field.Bottom ? 1 : 0) || neighbours.Way == FieldRow.Formula.Only)
                {
                    Buffer.MemoryCopy(own + ((nint)y * current.Pitch), row, rowBytes, rowBytes);
                    continue;
                }

                var first = new PlanePointer(previous + ((nint)y * before.Pitch), before.Pitch);
                var middle = new PlanePointer(own + ((nint)y * current.Pitch), current.Pitch);
                var last = new PlanePointer(next + ((nint)y * after.Pitch), after.Pitch);
                Fill(row, field.Second ? new(first, middle, last, middle, last) : new(first, middle, last, first, middle), neighbours, width);
            }
        }
    }

    /// <summary>Makes one missing row.</summary>
    protected abstract void Fill(byte* target, in RowSources from, FieldRow neighbours, int width);
}
