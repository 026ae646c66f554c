using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>How a target is cut into tiles, a group's work each: what a tile's middle needs of the source across must lie in a
/// group's own memory.</summary>
internal sealed class ScaleTiles
{
    /// <summary>Of a group, in bytes: a quarter of what OpenCL 1.2 promises, so that several groups are at work beside one another.</summary>
    private const int WantedBytes = 8 * 1024;

    private readonly int[] bounds;

    /// <param name="across">Of the plan.</param>
    /// <param name="localBytes">That a group has.</param>
    /// <exception cref="NotSupportedException">A single sample needs more.</exception>
    public ScaleTiles(ScaleAxis across, long localBytes)
    {
        (Columns, Rows) = (Groups.Across, Groups.Down);
        (bounds, Span) = Cut(across, Columns);
        while (LocalBytes > Math.Min(WantedBytes, localBytes) && (Columns, Rows) != (1, 1))
        {
            if (Columns >= Rows)
            {
                Columns /= 2;
                (bounds, Span) = Cut(across, Columns);
            }
            else
            {
                Rows /= 2;
            }
        }

        if (LocalBytes > localBytes)
        {
            throw new NotSupportedException($"Samples that each come from {across.Taps} do not fit a group's memory of {localBytes} bytes.");
        }
    }

    /// <summary>Target columns of a tile.</summary>
    public int Columns { get; }

    /// <summary>Target rows of a tile.</summary>
    public int Rows { get; }

    /// <summary>Source columns of the widest tile, a multiple of 4.</summary>
    public int Span { get; }

    public int LocalBytes => Span * Rows * sizeof(short);

    /// <summary>For each tile across the first source column, a multiple of 4, and the end.</summary>
    public ReadOnlySpan<int> Bounds => bounds;

    /// <summary>Tiles across.</summary>
    public int Across => bounds.Length / 2;

    private static (int[] Bounds, int Span) Cut(ScaleAxis axis, int columns)
    {
        var bounds = new int[(axis.TargetSize + columns - 1) / columns * 2];
        int span = 0;
        for (int tile = 0; tile < bounds.Length / 2; tile++)
        {
            ReadOnlySpan<int> starts = axis.Starts[(tile * columns)..Math.Min(axis.TargetSize, (tile + 1) * columns)];
            int first = int.MaxValue, end = 0;
            foreach (int start in starts)
            {
                first = Math.Min(first, start);
                end = Math.Max(end, start + axis.Taps);
            }

            first &= ~3;
            end = Math.Min(end, axis.SourceSize);
            (bounds[2 * tile], bounds[(2 * tile) + 1]) = (first, end);
            span = Math.Max(span, (end - first + 3) & ~3);
        }

        return (bounds, span);
    }
}
