using Appliance.Samples.Lettering;
using Appliance.Samples.Pictures;

namespace Appliance.Samples;

/// <summary>The words over the first scene.</summary>
internal sealed class Titles
{
    private static readonly Rgb Ink = new(0.94f, 0.97f, 0.98f);

    private readonly Caption _name;
    private readonly Caption _promise;
    private readonly int _top;
    private readonly int _bottom;

    public Titles(int width, int height)
    {
        float middle = width / 2f;
        _name = new Caption("Appliance", middle, (int)(height * 0.825f), height * 0.056f, MathF.Max(1.3f, height / 270f), 0.50f, isCentred: true);
        _promise = new Caption(
            "any rendition, from any second, at once", middle, (int)(height * 0.895f), height * 0.0175f, MathF.Max(1, height / 560f), 0.44f, isCentred: true);
        _top = (int)(height * 0.70f);
        _bottom = (int)(height * 0.93f);
    }

    /// <param name="row">Developed.</param>
    /// <param name="y">Its number.</param>
    /// <param name="seconds">Since the film began.</param>
    public void PaintRow(RgbRow row, int y, double seconds)
    {
        if (y < _top || y >= _bottom || seconds is < 1.5 or > 8.4)
        {
            return;
        }

        float t = (float)seconds;
        float leave = 1 - Lanes.Smooth(7.0f, 8.4f, t);
        _name.PaintRow(row, y, Ink, letter => 0.95f * leave * Lanes.Smooth(0, 1.3f, t - 1.5f - (0.10f * letter)));
        _promise.PaintRow(row, y, Ink, letter => 0.80f * leave * Lanes.Smooth(0, 1.2f, t - 3.0f - (0.018f * letter)));
    }
}
