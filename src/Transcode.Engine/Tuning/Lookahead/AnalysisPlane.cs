namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>The brightness of a picture at the size it is looked at: whole blocks of 8×8 samples, with its edges carried on
/// beyond them so that motion may point outside, and with the samples halfway between.</summary>
internal sealed unsafe class AnalysisPlane
{
    /// <summary>Samples carried on around it; motion points no further.</summary>
    public const int Border = 32;

    /// <summary>Samples around it that lie between others, too.</summary>
    private const int HalfBorder = 24;

    private readonly byte[] samples;
    private readonly byte* first;

    /// <param name="columns">Blocks across, at least 1.</param>
    /// <param name="rows">Blocks down, at least 1.</param>
    public AnalysisPlane(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        Stride = (Width + (2 * Border) + 63) / 64 * 64;
        PlaneBytes = Stride * (Height + (2 * Border));
        samples = GC.AllocateUninitializedArray<byte>(PlaneBytes * 4, pinned: true);
        fixed (byte* start = samples)
        {
            first = start + (Border * Stride) + Border;
        }
    }

    public int Columns { get; }

    public int Rows { get; }

    public int Width => Columns * BlockKernels.Side;

    public int Height => Rows * BlockKernels.Side;

    /// <summary>Bytes from row to row.</summary>
    public int Stride { get; }

    /// <summary>Bytes from a sample to that half a sample to the right of it; twice as many further lies the one half a sample
    /// below, and three times the one in both directions.</summary>
    public int PlaneBytes { get; }

    /// <summary>A row of the picture, to be written.</summary>
    public Span<byte> Row(int y) => samples.AsSpan(((Border + y) * Stride) + Border, Width);

    /// <summary>The first sample of the picture; valid as long as this object is held.</summary>
    public byte* First => first;

    /// <summary>Carries the edges on, and works out what lies between. Once, after the samples are written.</summary>
    public void Complete()
    {
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = samples.AsSpan((Border + y) * Stride, Stride);
            row[..Border].Fill(row[Border]);
            row[(Border + Width)..].Fill(row[Border + Width - 1]);
        }

        for (int y = 0; y < Border; y++)
        {
            samples.AsSpan(Border * Stride, Stride).CopyTo(samples.AsSpan(y * Stride));
            samples.AsSpan((Border + Height - 1) * Stride, Stride).CopyTo(samples.AsSpan((Border + Height + y) * Stride));
        }

        HalfSamples.Find(first, Stride, PlaneBytes, Width, Height, HalfBorder);
    }
}
