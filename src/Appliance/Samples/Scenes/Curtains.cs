using System.Numerics;
using System.Runtime.InteropServices;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Northern lights at half size: folded curtains, each a dense row of upright streaks. Where a curtain's fold
/// turns, its streaks fall together and it shines.</summary>
internal sealed class Curtains
{
    private static readonly Rgb Low = new(0.10f, 1.0f, 0.42f);
    private static readonly Rgb High = new(0.42f, 0.16f, 0.95f);

    private readonly Layer _layer;
    private readonly int _rows;
    private readonly float _unit;
    private readonly float[] _low;
    private readonly float[] _high;
    private readonly float[] _streakLow;
    private readonly float[] _streakHigh;

    /// <param name="width">Of the full picture.</param>
    /// <param name="height">Of the full picture.</param>
    /// <param name="rows">How many rows of the full picture are sky.</param>
    public Curtains(int width, int height, int rows)
    {
        _unit = height / 2f;
        _layer = new Layer(width / 2, (rows + 1) / 2);
        _rows = RgbRow.Padded(_layer.Height);
        _low = new float[_rows * _layer.Width];
        _high = new float[_rows * _layer.Width];
        _streakLow = new float[_rows];
        _streakHigh = new float[_rows];
    }

    public void Prepare(double seconds)
    {
        Array.Clear(_low);
        Array.Clear(_high);
        float t = (float)seconds;
        Hang(t, 0, baseLine: 0.46f, light: 0.75f);
        Hang(t * 0.8f, 1, baseLine: 0.35f, light: 1.0f);
        Hang(t * 0.6f, 2, baseLine: 0.24f, light: 0.55f);
        Turn();
    }

    /// <summary>Writes the light of row <paramref name="y"/> of the full picture.</summary>
    public void EnlargeRow(int y, RgbRow into) => _layer.EnlargeRow(y, into);

    private void Hang(float t, int curtain, float baseLine, float light)
    {
        float phase = curtain * 2.4f;
        float half = (_layer.Width / _unit / 2) + 0.2f;
        float step = 0.4f / _unit;
        for (float s = -half; s < half; s += step)
        {
            float x = s + (0.085f * MathF.Sin((s * 4.3f) + (t * 0.31f) + phase)) + (0.040f * MathF.Sin((s * 11.7f) - (t * 0.47f) + phase));
            float foot = baseLine + (0.050f * MathF.Sin((s * 1.9f) + (t * 0.21f) + phase)) + (0.018f * MathF.Sin((s * 6.1f) - (t * 0.33f))) - (0.05f * s);
            float patch = Lanes.Smooth(-0.55f, 0.75f, Noise.At((s * 1.7f) + phase + (t * 0.05f), (t * 0.11f) + phase));
            float rays = 0.62f + (0.38f * Noise.At((s * 34) + (t * 0.25f), (t * 0.55f) + phase)) + (0.2f * Noise.At(s * 95, (t * 0.9f) + phase));
            float tall = 0.10f + (0.06f * Noise.At((s * 5.5f) + phase, t * 0.3f)) + (0.05f * patch);
            float column = (x * _unit) + (_layer.Width / 2f);
            if (column >= 0 && column < _layer.Width - 1)
            {
                Streak(column, foot * _unit, tall * _unit, light * patch * MathF.Max(rays, 0.05f) * 0.22f);
            }
        }
    }

    private void Streak(float column, float foot, float tall, float light)
    {
        var low = MemoryMarshal.Cast<float, Vector<float>>(_streakLow.AsSpan());
        var high = MemoryMarshal.Cast<float, Vector<float>>(_streakHigh.AsSpan());
        float edge = 0.014f * _unit;
        for (int i = 0; i < low.Length; i++)
        {
            var above = Lanes.All(foot) - (Lanes.Ramp + Lanes.All(i * Lanes.Count));
            var over = Vector.Max(above, Vector<float>.Zero);
            var under = Lanes.Decay(Vector.Max(-above, Vector<float>.Zero) * (1 / edge));
            low[i] = Lanes.Decay(over * (1.7f / tall)) * under * light;
            high[i] = Lanes.Decay(over * (0.62f / tall)) * Lanes.Smooth(0, tall * 1.6f, over) * (light * 0.55f);
        }

        int left = (int)column;
        float part = column - left;
        Add(_low, _streakLow, left, 1 - part);
        Add(_low, _streakLow, left + 1, part);
        Add(_high, _streakHigh, left, 1 - part);
        Add(_high, _streakHigh, left + 1, part);
    }

    private void Add(float[] plane, float[] streak, int column, float amount)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(plane.AsSpan(column * _rows, _rows));
        var from = MemoryMarshal.Cast<float, Vector<float>>(streak.AsSpan());
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * amount;
        }
    }

    /// <summary>The planes lie column by column, as streaks want them; a picture lies row by row.</summary>
    private void Turn()
    {
        for (int y = 0; y < _layer.Height; y++)
        {
            RgbRow row = _layer[y];
            Span<float> red = row.Red;
            Span<float> green = row.Green;
            Span<float> blue = row.Blue;
            for (int x = 0; x < _layer.Width; x++)
            {
                float low = _low[(x * _rows) + y];
                float high = _high[(x * _rows) + y];
                red[x] = (low * Low.R) + (high * High.R);
                green[x] = (low * Low.G) + (high * High.G);
                blue[x] = (low * Low.B) + (high * High.B);
            }
        }
    }
}
