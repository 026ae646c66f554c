using System.Numerics;
using System.Runtime.InteropServices;

namespace Appliance.Samples.Pictures;

/// <summary>A whole picture of light, full size or half size for what is soft anyway.</summary>
internal sealed class Layer
{
    private readonly RgbRow[] _rows;
    private readonly RgbRow _blend;

    public Layer(int width, int height)
    {
        Width = width;
        Height = height;
        _rows = [.. Enumerable.Range(0, height).Select(_ => new RgbRow(width))];
        _blend = new RgbRow(width);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The row, or the nearest there is.</summary>
    public RgbRow this[int y] => _rows[Math.Clamp(y, 0, Height - 1)];

    /// <summary>Writes row <paramref name="y"/> of a picture twice this size, between the pixels linearly.</summary>
    public void EnlargeRow(int y, RgbRow into)
    {
        RgbRow near = this[y >> 1];
        _blend.CopyFrom(near);
        _blend.Dissolve(this[(y >> 1) + ((y & 1) == 0 ? -1 : 1)], 0.25f);
        Enlarge(_blend.Red, into.Red, Width);
        Enlarge(_blend.Green, into.Green, Width);
        Enlarge(_blend.Blue, into.Blue, Width);
    }

    /// <summary>Writes this half-size row from a full-size one.</summary>
    public void ShrinkRow(RgbRow upper, RgbRow lower, int halfY)
    {
        RgbRow into = _rows[halfY];
        Shrink(upper.Red, lower.Red, into.Red, Width);
        Shrink(upper.Green, lower.Green, into.Green, Width);
        Shrink(upper.Blue, lower.Blue, into.Blue, Width);
    }

    private static void Enlarge(ReadOnlySpan<float> from, Span<float> to, int width)
    {
        float before = from[0];
        float here = from[0];
        for (int i = 0; i < width && (2 * i) + 1 < to.Length; i++)
        {
            float after = from[Math.Min(i + 1, width - 1)];
            float core = here * 0.75f;
            to[2 * i] = core + (before * 0.25f);
            to[(2 * i) + 1] = core + (after * 0.25f);
            before = here;
            here = after;
        }
    }

    private static void Shrink(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> to, int width)
    {
        for (int i = 0; i < width; i++)
        {
            to[i] = (upper[2 * i] + upper[(2 * i) + 1] + lower[2 * i] + lower[(2 * i) + 1]) * 0.25f;
        }
    }
}
