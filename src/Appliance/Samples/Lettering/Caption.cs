using Appliance.Samples.Pictures;

namespace Appliance.Samples.Lettering;

/// <summary>A line of text, drawn once and laid over many pictures.</summary>
internal sealed class Caption
{
    private readonly List<(int X, Glyph Glyph)> _glyphs = [];
    private readonly int _baseLine;

    /// <param name="text">Letters of the <see cref="Alphabet"/>.</param>
    /// <param name="x">The left edge, or the middle, in pixels.</param>
    /// <param name="baseLine">In pixels from the top.</param>
    /// <param name="size">The height of a small x, in pixels.</param>
    /// <param name="pen">The width of the pen, in pixels.</param>
    /// <param name="spacing">Between letters, in heights of x.</param>
    /// <param name="isCentred">Whether <paramref name="x"/> is the middle.</param>
    public Caption(string text, float x, int baseLine, float size, float pen, float spacing, bool isCentred = false)
    {
        _baseLine = baseLine;
        float left = isCentred ? x - (LengthOf(text, size, spacing) / 2) : x;
        foreach (char character in text)
        {
            var (width, strokes) = Alphabet.Of(character);
            int whole = (int)MathF.Floor(left);
            var glyph = new Glyph(strokes, width, size, pen, left - whole);
            _glyphs.Add((whole - glyph.Margin, glyph));
            left += (width + spacing) * size;
        }
    }

    public int Length => _glyphs.Count;

    /// <summary>In pixels.</summary>
    public static float LengthOf(string text, float size, float spacing) =>
        (text.Sum(character => Alphabet.Of(character).Width + spacing) - spacing) * size;

    /// <summary>Lays the text over row <paramref name="y"/>.</summary>
    /// <param name="row">Developed.</param>
    /// <param name="y">The row's number.</param>
    /// <param name="colour">Values for a screen.</param>
    /// <param name="opacity">Of the letter with that number, 0 to 1.</param>
    public void PaintRow(RgbRow row, int y, Rgb colour, Func<int, float> opacity)
    {
        for (int i = 0; i < _glyphs.Count; i++)
        {
            var (x, glyph) = _glyphs[i];
            int glyphRow = y - _baseLine + glyph.Ascent;
            if (glyphRow >= 0 && glyphRow < glyph.Height)
            {
                Blend(glyph[glyphRow], x, row, colour, opacity(i));
            }
        }
    }

    /// <summary>The same with one opacity for all letters.</summary>
    public void PaintRow(RgbRow row, int y, Rgb colour, float opacity) => PaintRow(row, y, colour, _ => opacity);

    private static void Blend(ReadOnlySpan<float> coverage, int x, RgbRow row, Rgb colour, float opacity)
    {
        Span<float> red = row.Red;
        Span<float> green = row.Green;
        Span<float> blue = row.Blue;
        for (int i = Math.Max(0, -x); i < coverage.Length && x + i < row.Width; i++)
        {
            float amount = coverage[i] * opacity;
            red[x + i] += (colour.R - red[x + i]) * amount;
            green[x + i] += (colour.G - green[x + i]) * amount;
            blue[x + i] += (colour.B - blue[x + i]) * amount;
        }
    }
}
