using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Lights out of focus, drifting past at many depths, with dust in slanting beams.</summary>
internal sealed class Lights : IScene
{
    private const int DiscCount = 120;
    private const int DustCount = 420;

    private static readonly Rgb[] Colours =
    [
        new(1.20f, 0.46f, 0.07f), new(1.15f, 0.66f, 0.20f), new(1.20f, 0.22f, 0.08f),
        new(1.00f, 0.10f, 0.26f), new(0.04f, 0.50f, 0.68f), new(1.20f, 0.54f, 0.10f),
    ];

    private readonly List<Disc> _discs = [];
    private readonly Layer _beams;
    private readonly int _width;
    private readonly int _height;

    public Lights(int width, int height)
    {
        _width = width;
        _height = height;
        _beams = new Layer(width / 2, height / 2);
    }

    public void Prepare(Moment moment)
    {
        float t = (float)moment.Seconds;
        _discs.Clear();
        for (int i = 0; i < DiscCount; i++)
        {
            AddDisc(i, t);
        }

        for (int i = 0; i < DustCount; i++)
        {
            AddDust(i, t);
        }

        for (int y = 0; y < _beams.Height; y++)
        {
            PaintBeams(y, t);
        }
    }

    public void PaintRow(int y, RgbRow row)
    {
        _beams.EnlargeRow(y, row);
        foreach (Disc disc in _discs)
        {
            if (MathF.Abs(y + 0.5f - disc.Y) < disc.Radius + 1)
            {
                disc.AddRow(y, row);
            }
        }

        row.Develop(1.35f);
    }

    private void AddDisc(int i, float t)
    {
        float depth = Noise.At(i, 51);
        float speed = 0.012f + (0.045f * depth * depth);
        float aspect = (float)_width / _height;
        float span = aspect + 0.5f;
        float x = (((Noise.At(i, 52) * span) + (speed * t)) % span) - 0.25f;
        float y = 0.5f + ((Noise.At(i, 53) - 0.5f) * 1.15f) + (0.02f * MathF.Sin((t * (0.2f + (0.3f * Noise.At(i, 54)))) + i));
        float radius = 0.010f + (0.085f * depth * depth);
        float breath = 0.75f + (0.25f * MathF.Sin((t * (0.3f + (0.6f * Noise.At(i, 55)))) + (i * 2.1f)));
        float light = breath * (0.03f + (0.95f * Noise.At(i, 56) * Noise.At(i, 57))) * (1.5f - (1.0f * depth));
        _discs.Add(new Disc(x * _height, y * _height, radius * _height, 0.055f * radius * _height + 0.9f, 0.35f, Colours[i % Colours.Length] * light));
    }

    private void AddDust(int i, float t)
    {
        float aspect = (float)_width / _height;
        float depth = Noise.At(i, 61);
        float x = ((Noise.At(i, 62) * (aspect + 0.1f)) + (t * (0.010f + (0.02f * depth))) + (0.012f * MathF.Sin((t * 0.7f) + i))) % (aspect + 0.1f);
        float y = (Noise.At(i, 63) + 2 - (t * (0.006f + (0.012f * depth))) + (0.008f * MathF.Sin((t * 0.9f) + (i * 1.3f)))) % 1;
        float inBeam = Beam(x - (aspect / 2), y - 0.5f, t);
        float glint = 0.5f + (0.5f * MathF.Sin((t * (1 + (2 * Noise.At(i, 64)))) + (i * 3.3f)));
        float light = (0.05f + (1.5f * inBeam)) * glint * glint * (0.3f + (0.7f * depth));
        float radius = (0.0011f + (0.0022f * depth)) * _height;
        _discs.Add(new Disc(x * _height, y * _height, radius, MathF.Max(0.8f, radius * 0.5f), 0, new Rgb(1, 0.78f, 0.50f) * light));
    }

    private void PaintBeams(int y, float t)
    {
        RgbRow row = _beams[y];
        float unit = 1f / _beams.Height;
        float v = (y * unit) - 0.5f;
        var deep = new Rgb(0.0022f, 0.0024f, 0.0080f);
        var warm = new Rgb(0.020f, 0.0085f, 0.0105f);
        RgbLanes ground = Rgb.Mix(warm, deep, Lanes.Smooth(-0.6f, 0.55f, v)).Spread();
        RgbLanes beam = new Rgb(0.40f, 0.21f, 0.085f).Spread();
        for (int i = 0; i < row.RedLanes.Length; i++)
        {
            var u = (Lanes.Ramp + Lanes.All((i * Lanes.Count) - (_beams.Width / 2f))) * unit;
            var light = ground + (beam * Beam(u, Lanes.All(v), t));
            row.RedLanes[i] = light.R;
            row.GreenLanes[i] = light.G;
            row.BlueLanes[i] = light.B;
        }
    }

    private static float Beam(float u, float v, float t) => Beam(Lanes.All(u), Lanes.All(v), t)[0];

    /// <summary>Light through a window above the picture, to the left: it depends on the direction from there alone.</summary>
    private static Vector<float> Beam(Vector<float> u, Vector<float> v, float t)
    {
        var x = u + Lanes.All(1.15f);
        var y = v + Lanes.All(0.95f);
        var direction = x / (y + (x * 0.4f));
        var wide = Noise.At((direction * 5.2f) + Lanes.All(t * 0.05f), Lanes.All(t * 0.10f));
        var fine = Noise.At((direction * 17) - Lanes.All(t * 0.06f), Lanes.All(4 + (t * 0.13f)));
        var shaft = Lanes.Smooth(-0.15f, 0.75f, wide + (fine * 0.35f));
        var away = Vector.SquareRoot((x * x) + (y * y));
        return shaft * Lanes.Decay(away * 1.25f) * 1.5f;
    }
}
