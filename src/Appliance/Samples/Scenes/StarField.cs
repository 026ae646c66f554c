using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Stars that turn slowly about a pole above the picture.</summary>
internal sealed class StarField
{
    private const int Count = 1500;
    private const float PoleX = 0.25f;
    private const float PoleY = 0.12f;

    private readonly List<(float X, float Y, float Light, float Warmth)>[] _rows;
    private readonly int _width;
    private readonly float _unit;

    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture, the unit of the sky.</param>
    /// <param name="rows">How many rows from the top are sky.</param>
    public StarField(int width, int height, int rows)
    {
        _width = width;
        _unit = height;
        _rows = [.. Enumerable.Range(0, rows).Select(_ => new List<(float, float, float, float)>())];
    }

    public void Prepare(double seconds)
    {
        foreach (var row in _rows)
        {
            row.Clear();
        }

        for (int star = 0; star < Count; star++)
        {
            float radius = 1.75f * MathF.Sqrt(Noise.At(star, 11));
            float angle = (MathF.Tau * Noise.At(star, 12)) + (0.009f * (float)seconds);
            float x = (_width / 2f) + (_unit * (PoleX + (radius * MathF.Cos(angle))));
            float y = _unit * (PoleY + (radius * MathF.Sin(angle)));
            float twinkle = 1 + (0.25f * MathF.Sin((float)seconds * (2 + (3 * Noise.At(star, 13))) + (star * 1.7f)));
            float light = 0.05f + (1.5f * MathF.Pow(Noise.At(star, 14), 7));
            Put(x, y, light * twinkle, Noise.At(star, 15));
        }
    }

    public void AddRow(int y, RgbRow row)
    {
        float sharpness = 1.1f * 720 / _unit;
        float fade = 1 - Lanes.Smooth(0.62f, 1.0f, (float)y / _rows.Length);
        foreach (var (starX, starY, light, warmth) in _rows[y])
        {
            float dy = y + 0.5f - starY;
            for (int x = Math.Max(0, (int)starX - 2); x <= Math.Min(_width - 1, (int)starX + 2); x++)
            {
                float dx = x + 0.5f - starX;
                float value = light * fade * MathF.Exp(-((dx * dx) + (dy * dy)) * MathF.Min(sharpness, 1.6f));
                row.Red[x] += value * (0.75f + (0.35f * warmth));
                row.Green[x] += value * 0.9f;
                row.Blue[x] += value * (1.15f - (0.35f * warmth));
            }
        }
    }

    private void Put(float x, float y, float light, float warmth)
    {
        if (x < -3 || x > _width + 3)
        {
            return;
        }

        for (int row = Math.Max(0, (int)y - 2); row <= Math.Min(_rows.Length - 1, (int)y + 2); row++)
        {
            _rows[row].Add((x, y, light, warmth));
        }
    }
}
