using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>A slow flight over dunes, into the evening sun.</summary>
internal sealed class Dunes : IScene
{
    private static readonly Rgb[] Sky =
    [
        new(0.055f, 0.070f, 0.190f), new(0.200f, 0.120f, 0.260f), new(0.620f, 0.230f, 0.210f), new(1.050f, 0.520f, 0.210f),
    ];

    private readonly Landscape _sand;
    private readonly int _width;
    private readonly int _height;
    private readonly float _horizon;
    private float _sunX;
    private float _sunY;
    private float _seconds;

    public Dunes(int width, int height)
    {
        _width = width;
        _height = height;
        _horizon = height * 0.50f;
        _sand = new Landscape(width, height);
    }

    public void Prepare(Moment moment)
    {
        float t = (float)moment.Seconds;
        _seconds = t;
        _sunX = _width * 0.655f;
        _sunY = _horizon - (_height * (0.125f - (0.006f * t)));
        _sand.Paint(new Sand(), new Frustum(0.42f * t, 2.25f, 0.36f * t, _horizon, _height * 1.05f, 1.6f, 44, 0.0072f));
    }

    public void PaintRow(int y, RgbRow row)
    {
        float up = Math.Clamp((_horizon - y) / _horizon, 0, 1);
        RgbLanes sky = Gradient(up).Spread();
        RgbLanes glow = new Rgb(1.15f, 0.52f, 0.17f).Spread();
        RgbLanes disc = new Rgb(7.5f, 4.6f, 2.0f).Spread();
        float radius = _height * 0.043f;
        for (int i = 0; i < row.RedLanes.Length; i++)
        {
            var x = Lanes.Ramp + Lanes.All(i * Lanes.Count);
            var dx = x - Lanes.All(_sunX);
            float dy = y - _sunY;
            var away = Vector.SquareRoot((dx * dx) + Lanes.All(dy * dy)) * (1f / _height);
            var cloud = Cloud(x, up);
            var light = RgbLanes.Mix(sky, new Rgb(0.95f, 0.36f, 0.24f).Spread(), cloud * 0.55f);
            light += glow * ((Lanes.Decay(away * 4.2f) * 0.75f) + (Lanes.Decay(away * 16) * 0.9f));
            light += disc * Lanes.Clamp01((Lanes.All(radius / _height) - away) * (_height * 0.12f));
            row.RedLanes[i] = light.R;
            row.GreenLanes[i] = light.G;
            row.BlueLanes[i] = light.B;
        }

        _sand.CoverRow(y, row);
        AddHaze(y, row);
        row.Develop(1.05f);
    }

    private static Rgb Gradient(float up)
    {
        float place = MathF.Sqrt(1 - up) * (Sky.Length - 1);
        int index = Math.Min((int)place, Sky.Length - 2);
        return Rgb.Mix(Sky[index], Sky[index + 1], place - index);
    }

    private Vector<float> Cloud(Vector<float> x, float up)
    {
        if (up < 0.02f)
        {
            return Vector<float>.Zero;
        }

        float far = 1 / (up + 0.12f);
        var across = (x - Lanes.All(_width / 2f)) * (far * 0.55f / _height);
        var drift = Lanes.All(_seconds * 0.03f);
        var broad = Noise.At((across * 0.8f) + drift, Lanes.All(far * 1.7f));
        var fine = Noise.At((across * 2.3f) + (drift * 1.6f), Lanes.All((far * 4.1f) + 9));
        return Lanes.Smooth(0.05f, 0.85f, broad + (fine * 0.4f)) * Lanes.Smooth(0.02f, 0.2f, up);
    }

    /// <summary>The sun's light in the air, in front of the sand too.</summary>
    private void AddHaze(int y, RgbRow row)
    {
        float dy = (y - _sunY) / _height;
        for (int i = 0; i < row.RedLanes.Length; i++)
        {
            var dx = (Lanes.Ramp + Lanes.All((i * Lanes.Count) - _sunX)) * (0.75f / _height);
            var air = Lanes.Decay(Vector.SquareRoot((dx * dx) + Lanes.All(dy * dy)) * 6.5f) * 0.24f;
            row.RedLanes[i] += air;
            row.GreenLanes[i] += air * 0.46f;
            row.BlueLanes[i] += air * 0.16f;
        }
    }
}
