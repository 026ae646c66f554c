namespace Appliance.Samples.Lettering;

/// <summary>A letter drawn at one size: how much of each pixel its pen covers.</summary>
internal sealed class Glyph
{
    private readonly float[] _coverage;

    /// <param name="strokes">What to draw.</param>
    /// <param name="width">In heights of x.</param>
    /// <param name="size">The height of a small x, in pixels.</param>
    /// <param name="pen">The width of the pen, in pixels.</param>
    /// <param name="offset">The left edge's distance from a whole pixel.</param>
    public Glyph(Stroke[] strokes, float width, float size, float pen, float offset)
    {
        Margin = (int)MathF.Ceiling(pen) + 2;
        Ascent = (int)MathF.Ceiling(1.7f * size) + Margin;
        Width = (int)MathF.Ceiling(width * size) + (2 * Margin) + 1;
        Height = Ascent + (int)MathF.Ceiling(0.7f * size) + Margin;
        _coverage = new float[Width * Height];
        for (int i = 0; strokes.Length > 0 && i < _coverage.Length; i++)
        {
            float x = ((i % Width) + 0.5f - Margin - offset) / size;
            float y = (Ascent - (i / Width) - 0.5f) / size;
            float distance = float.MaxValue;
            foreach (Stroke stroke in strokes)
            {
                distance = MathF.Min(distance, stroke.DistanceFrom(x, y));
            }

            _coverage[i] = Math.Clamp((pen / 2) - (distance * size) + 0.5f, 0, 1);
        }
    }

    /// <summary>Pixels left of the letter's own left edge.</summary>
    public int Margin { get; }

    /// <summary>Rows above the base line.</summary>
    public int Ascent { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Row <paramref name="y"/> from the top, 0 to 1 a pixel.</summary>
    public ReadOnlySpan<float> this[int y] => _coverage.AsSpan(y * Width, Width);
}
