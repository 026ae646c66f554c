using System.Numerics;
using System.Runtime.CompilerServices;

namespace Appliance.Samples.Pictures;

/// <summary>Arithmetic on several pixels at once. Built of plain adds and multiplies, so that every machine paints the
/// same picture whatever the width of its vectors.</summary>
internal static class Lanes
{
    /// <summary>How many pixels one vector holds.</summary>
    public static int Count => Vector<float>.Count;

    /// <summary>0, 1, 2 …</summary>
    public static Vector<float> Ramp => Vector<float>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> All(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Clamp01(Vector<float> x) => Vector.Min(Vector.Max(x, Vector<float>.Zero), Vector<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Mix(Vector<float> a, Vector<float> b, Vector<float> amount) => a + ((b - a) * amount);

    /// <summary>0 up to <paramref name="low"/>, 1 from <paramref name="high"/>, a smooth cubic between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Smooth(float low, float high, Vector<float> x)
    {
        var t = Clamp01((x - All(low)) * (1 / (high - low)));
        return t * t * (All(3) - (t + t));
    }

    /// <summary>The same for one value.</summary>
    public static float Smooth(float low, float high, float x)
    {
        float t = Math.Clamp((x - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>The sine by two parabolas: within 0.001, and good for any angle below a thousand turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> radians)
    {
        var turns = radians * (1 / MathF.Tau);
        var t = turns - Vector.Floor(turns + All(0.5f));
        var parabola = t * (All(8) - (Vector.Abs(t) * 16));
        return parabola * (All(0.775f) + (Vector.Abs(parabola) * 0.225f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cos(Vector<float> radians) => Sin(radians + All(MathF.PI / 2));

    /// <summary>e^−x for x ≥ 0, by (1 − x/32)³²: reaches zero at 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Decay(Vector<float> x)
    {
        var y = Vector.Max(All(1) - (x * (1 / 32f)), Vector<float>.Zero);
        y *= y;
        y *= y;
        y *= y;
        y *= y;
        return y * y;
    }
}
