using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>Maps pictures of one width from HDR to SDR, and counts how bright they are: what <see cref="ToneMapPlan"/> asks for, row by
/// row. Every way of computing gives the same bytes. Not for two threads at once.</summary>
/// <remarks>
/// A row of the picture: colour is brought to every pixel (bilinear, as zimg does by default); luma and colour are mapped; colour is brought
/// to half the columns by 1 2 1, and once there are four rows of it to half the rows by 1 3 3 1: zimg's bilinear filter at a half.
/// Beyond an edge the outermost sample goes on.
/// </remarks>
internal abstract unsafe class ToneMapper
{
    /// <summary>What vectors may read and write beyond a row's end, in samples.</summary>
    protected const int Spare = 64;

    /// <summary>Rows of the target's colour that are made of rows not all there yet.</summary>
    private const int HeldRows = 4;

    private readonly RowBuffers buffers;
    private readonly int width;
    private readonly int half;

    protected ToneMapper(ToneMapPlan plan, int width)
    {
        Plan = plan;
        Tables = new(plan);
        this.width = width;
        half = (width + 1) / 2;
        buffers = new(width, Spare, HeldRows);
    }

    protected ToneMapPlan Plan { get; }

    protected ToneTables Tables { get; }

    /// <param name="plan">What to compute.</param>
    /// <param name="width">Of all pictures, at least 1.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    public static ToneMapper For(ToneMapPlan plan, int width, LaneWidth lanes) => lanes switch
    {
        LaneWidth.None => new ScalarToneMapper(plan, width),
        LaneWidth.Plain => new VectorToneMapper<Lanes128<Instructions.Plain>, Vector128<ushort>>(plan, width),
        LaneWidth.One => new VectorToneMapper<Lanes128<Instructions.Own>, Vector128<ushort>>(plan, width),
        LaneWidth.Two => new VectorToneMapper<Lanes256, Vector256<ushort>>(plan, width),
        LaneWidth.Four => new VectorToneMapper<Lanes512, Vector512<ushort>>(plan, width),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes)),
    };

    /// <summary>In pictures from now on this becomes white, instead of what the plan says.</summary>
    /// <param name="nits">In cd/m², 1 to 10000.</param>
    public void SetPeak(int nits)
    {
        if (Tables.SetPeak(nits))
        {
            OnGain();
        }
    }

    /// <summary>Maps one picture. Neither a row's end up to its pitch nor anything after a plane's last row is read or written.</summary>
    /// <exception cref="ArgumentException">A plane is too small for its rows, or the width is another.</exception>
    public void Map(HdrPicture source, TargetPlane luma, TargetPlane cb, TargetPlane cr)
    {
        Check(source);
        int halfRows = (source.Height + 1) / 2;
        luma.Check(width * Plan.TargetBytes, source.Height, nameof(luma));
        cb.Check(half * Plan.TargetBytes, halfRows, nameof(cb));
        cr.Check(half * Plan.TargetBytes, halfRows, nameof(cr));
        for (int y = 0; y < source.Height; y++)
        {
            Load(source, y);
            MapRow(buffers.Luma, buffers.FullCb, buffers.FullCr, buffers.Mapped, buffers.MappedCb + 1, buffers.MappedCr + 1, y, width);
            new ReadOnlySpan<byte>(buffers.Mapped, width * Plan.TargetBytes).CopyTo(luma.Row(y, width * Plan.TargetBytes));
            Halve(buffers.MappedCb, buffers.HalfCb(y));
            Halve(buffers.MappedCr, buffers.HalfCr(y));

            // A row of colour needs the row after its own two.
            if (y > 0 && y % 2 == 0)
            {
                StoreColour((y / 2) - 1, y, cb, cr);
            }
        }

        StoreColour(halfRows - 1, source.Height - 1, cb, cr);
    }

    /// <summary>Counts, for every pixel, the largest of R, G and B as a PQ signal, in 1024ths: HLG's as its display shows it.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="counts">Added to; <see cref="ScenePeak.Bins"/> of them.</param>
    /// <param name="step">Every so many rows, from the first on.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows, or the width is another.</exception>
    public void Count(HdrPicture source, Span<long> counts, int step = 1)
    {
        Check(source);
        for (int y = 0; y < source.Height; y += step)
        {
            Load(source, y);
            Brightest(buffers.Luma, buffers.FullCb, buffers.FullCr, buffers.Signals, width);
            for (int x = 0; x < width; x++)
            {
                counts[buffers.Signals[x] * (ScenePeak.Bins - 1) / ToneTables.SignalOne]++;
            }
        }
    }

    /// <summary>The table of shares is another.</summary>
    protected virtual void OnGain()
    {
    }

    /// <summary>Two rows of colour, in their shares, less the middle of the range: in quarters of codes.</summary>
    protected abstract void Blend(ushort* upper, int upperShare, ushort* lower, int lowerShare, short* to, int count);

    /// <summary>Colour for every pixel: in eighths of codes.</summary>
    /// <param name="from">One more than <paramref name="count"/>.</param>
    /// <param name="to">Twice as many as <paramref name="count"/>.</param>
    /// <param name="count">Samples of colour.</param>
    protected abstract void Spread(short* from, short* to, int count);

    /// <summary>The arithmetic itself, for a row of pixels.</summary>
    /// <param name="luma">Code values.</param>
    /// <param name="cb">Of each pixel, in eighths of codes, from the middle of the range.</param>
    /// <param name="cr">Likewise.</param>
    /// <param name="mapped">The target's luma, bytes or words.</param>
    /// <param name="mappedCb">The target's colour, in 2^-8 of 8-bit codes, from the middle of the range.</param>
    /// <param name="mappedCr">Likewise.</param>
    /// <param name="y">The row's place, for the dither.</param>
    /// <param name="count">Of pixels.</param>
    protected abstract void MapRow(ushort* luma, short* cb, short* cr, byte* mapped, short* mappedCb, short* mappedCr, int y, int count);

    /// <summary>The largest of R, G and B of each pixel as a PQ signal, in 8192ths.</summary>
    protected abstract void Brightest(ushort* luma, short* cb, short* cr, int* signals, int count);

    /// <summary>Every other column: one to the left, twice its own, one to the right.</summary>
    /// <param name="from">The one to the left of the first comes first.</param>
    /// <param name="to">Sums.</param>
    /// <param name="count">Of sums.</param>
    protected abstract void Decimate(short* from, int* to, int count);

    /// <summary>Four rows to one row of the target's colour.</summary>
    protected abstract void Finish(int* above, int* first, int* second, int* below, byte* to, int y, int count);

    private void Check(HdrPicture source)
    {
        source.Check();
        if (source.Width != width)
        {
            throw new ArgumentException($"A picture {source.Width} wide comes where {width} was said.", nameof(source));
        }
    }

    /// <summary>Brings a row and its colour into the buffers.</summary>
    private void Load(HdrPicture source, int y)
    {
        Samples(source.Luma, y, width).CopyTo(new(buffers.Luma, width));
        LoadColour(source.Cb, y, source.Height, buffers.FullCb);
        LoadColour(source.Cr, y, source.Height, buffers.FullCr);
    }

    private void LoadColour(PlaneView plane, int y, int height, short* full)
    {
        int last = ((height + 1) / 2) - 1;
        (int upper, int upperShare, int lower, int lowerShare) = Plan.ColourRows(y);
        Samples(plane, Math.Max(upper, 0), half).CopyTo(new(buffers.Upper, half));
        Samples(plane, Math.Min(lower, last), half).CopyTo(new(buffers.Lower, half));
        Blend(buffers.Upper, upperShare, buffers.Lower, lowerShare, buffers.Blended, half);
        buffers.Blended[half] = buffers.Blended[half - 1];
        Spread(buffers.Blended, full, half);
    }

    private void Halve(short* mapped, int* sums)
    {
        mapped[0] = mapped[1];
        mapped[width + 1] = mapped[width];
        Decimate(mapped, sums, half);
    }

    /// <summary>Stores a row of colour; the picture's rows up to <paramref name="last"/> are there.</summary>
    private void StoreColour(int row, int last, TargetPlane cb, TargetPlane cr)
    {
        int above = Math.Max((2 * row) - 1, 0), own = 2 * row, second = Math.Min(own + 1, last), below = Math.Min(own + 2, last);
        int bytes = half * Plan.TargetBytes;
        Finish(buffers.HalfCb(above), buffers.HalfCb(own), buffers.HalfCb(second), buffers.HalfCb(below), buffers.Mapped, row, half);
        new ReadOnlySpan<byte>(buffers.Mapped, bytes).CopyTo(cb.Row(row, bytes));
        Finish(buffers.HalfCr(above), buffers.HalfCr(own), buffers.HalfCr(second), buffers.HalfCr(below), buffers.Mapped, row, half);
        new ReadOnlySpan<byte>(buffers.Mapped, bytes).CopyTo(cr.Row(row, bytes));
    }

    private static ReadOnlySpan<ushort> Samples(PlaneView plane, int y, int count) =>
        MemoryMarshal.Cast<byte, ushort>(plane.Samples.Slice(y * plane.Pitch, count * sizeof(ushort)));
}
