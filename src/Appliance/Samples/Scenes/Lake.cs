using System.Numerics;
using System.Runtime.InteropServices;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Still water that mirrors what stands above its shore, drawn out by ripples that grow towards the eye.</summary>
internal sealed class Lake
{
    private readonly Layer _mirror;
    private readonly int _shore;
    private readonly int _height;
    private readonly float[] _ripple;
    private readonly float[] _sway;
    private float _seconds;

    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="shore">The first row of water, even.</param>
    public Lake(int width, int height, int shore)
    {
        _mirror = new Layer(width / 2, shore / 2);
        _shore = shore;
        _height = height;
        _ripple = new float[RgbRow.Padded(width)];
        _sway = new float[RgbRow.Padded(width)];
    }

    public void Prepare(double seconds) => _seconds = (float)seconds;

    /// <summary>Remembers what the water will mirror.</summary>
    /// <param name="upper">Row <paramref name="y"/> − 1.</param>
    /// <param name="lower">Row <paramref name="y"/>.</param>
    /// <param name="y">Odd, above the shore.</param>
    public void Remember(RgbRow upper, RgbRow lower, int y) => _mirror.ShrinkRow(upper, lower, y / 2);

    public void PaintRow(int y, RgbRow row)
    {
        float depth = (y + 0.5f - _shore) / (_height - _shore);
        Disturb(depth, row.Width);
        float mirrored = (_shore - ((y + 0.5f - _shore) * 1.06f)) / 2;
        float dim = 0.78f - (0.45f * depth);
        float near = 1 - Lanes.Smooth(0, 0.03f, depth);
        for (int x = 0; x < row.Width; x++)
        {
            Sample(row, x, (x / 2f) + _sway[x], mirrored + _ripple[x], dim, (_ripple[x] * 0.0006f) + (near * 0.010f));
        }
    }

    private void Disturb(float depth, int width)
    {
        var ripple = MemoryMarshal.Cast<float, Vector<float>>(_ripple.AsSpan());
        var sway = MemoryMarshal.Cast<float, Vector<float>>(_sway.AsSpan());
        float distance = 1 / (depth + 0.035f);
        float strength = _height * 0.030f * MathF.Pow(depth, 0.8f);
        float across = distance * 1.5f / _height;
        for (int i = 0; i < ripple.Length; i++)
        {
            var x = (Lanes.Ramp + Lanes.All((i * Lanes.Count) - (width / 2f))) * across;
            var broad = Noise.At(x + Lanes.All(_seconds * 0.12f), Lanes.All((distance * 2.2f) + (_seconds * 0.35f)));
            var fine = Noise.At((x * 3.7f) - Lanes.All(_seconds * 0.2f), Lanes.All((distance * 9.5f) + (_seconds * 0.9f)));
            ripple[i] = (broad + (fine * 0.45f)) * strength;
            sway[i] = fine * (strength * 0.12f);
        }
    }

    private void Sample(RgbRow row, int x, float fromX, float fromY, float dim, float sheen)
    {
        fromX = Math.Clamp(fromX, 0, _mirror.Width - 1.001f);
        fromY = Math.Clamp(fromY - 0.5f, 0, _mirror.Height - 1.001f);
        int left = (int)fromX;
        int top = (int)fromY;
        float u = fromX - left;
        float v = fromY - top;
        RgbRow upper = _mirror[top];
        RgbRow lower = _mirror[top + 1];
        sheen = MathF.Max(sheen, 0);
        row.Red[x] = (Between(upper.Red, lower.Red, left, u, v) * dim * 0.85f) + 0.0012f + (sheen * 0.6f);
        row.Green[x] = (Between(upper.Green, lower.Green, left, u, v) * dim * 0.95f) + 0.0028f + sheen;
        row.Blue[x] = (Between(upper.Blue, lower.Blue, left, u, v) * dim) + 0.0050f + (sheen * 1.1f);
    }

    private static float Between(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, int left, float u, float v)
    {
        float above = upper[left] + ((upper[left + 1] - upper[left]) * u);
        float below = lower[left] + ((lower[left + 1] - lower[left]) * u);
        return above + ((below - above) * v);
    }
}
