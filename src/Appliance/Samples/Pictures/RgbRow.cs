using System.Numerics;
using System.Runtime.InteropServices;

namespace Appliance.Samples.Pictures;

/// <summary>One row of a picture: three planes of light. A scene adds linear light to it and then develops it into the
/// gamma-coded values, 0 to 1, that a screen takes.</summary>
internal sealed class RgbRow
{
    private readonly float[] _values;
    private readonly int _stride;

    /// <param name="width">In pixels; the row is padded to whole vectors.</param>
    public RgbRow(int width)
    {
        Width = width;
        _stride = Padded(width);
        _values = new float[3 * _stride];
    }

    public int Width { get; }

    public Span<float> Red => _values.AsSpan(0, _stride);

    public Span<float> Green => _values.AsSpan(_stride, _stride);

    public Span<float> Blue => _values.AsSpan(2 * _stride, _stride);

    public Span<Vector<float>> RedLanes => MemoryMarshal.Cast<float, Vector<float>>(Red);

    public Span<Vector<float>> GreenLanes => MemoryMarshal.Cast<float, Vector<float>>(Green);

    public Span<Vector<float>> BlueLanes => MemoryMarshal.Cast<float, Vector<float>>(Blue);

    /// <summary>A width in floats that every vector width divides.</summary>
    public static int Padded(int width) => (width + 15) & ~15;

    public void Fill(Rgb colour)
    {
        Red.Fill(colour.R);
        Green.Fill(colour.G);
        Blue.Fill(colour.B);
    }

    public void CopyFrom(RgbRow other) => other._values.CopyTo(_values, 0);

    /// <summary>Turns light into values for a screen: highlights roll off instead of clipping, then gamma 2, then a
    /// little more contrast.</summary>
    /// <param name="exposure">Times the light.</param>
    public void Develop(float exposure)
    {
        foreach (ref var x in MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan()))
        {
            var light = Vector.Max(x, Vector<float>.Zero) * exposure;
            var rolled = light * (Lanes.All(1) + (light * 0.09f)) / (Lanes.All(1) + (light * 0.85f));
            var value = Lanes.Clamp01(Vector.SquareRoot(rolled));
            var firm = value * value * (Lanes.All(3) - (value + value));
            x = Lanes.Mix(value, firm, Lanes.All(0.35f));
        }
    }

    /// <summary>Moves this row towards <paramref name="other"/>: 0 keeps it, 1 replaces it.</summary>
    public void Dissolve(RgbRow other, float amount)
    {
        var theirs = MemoryMarshal.Cast<float, Vector<float>>(other._values.AsSpan());
        var ours = MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan());
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i] += (theirs[i] - ours[i]) * amount;
        }
    }

    /// <summary>Dims the whole row: 1 keeps it, 0 is black.</summary>
    public void Dim(float amount)
    {
        foreach (ref var x in MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan()))
        {
            x *= amount;
        }
    }
}
