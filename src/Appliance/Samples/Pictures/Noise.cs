using System.Numerics;
using System.Runtime.CompilerServices;

namespace Appliance.Samples.Pictures;

/// <summary>Chance without a state: the same place has the same value in every frame of every run.</summary>
internal static class Noise
{
    /// <summary>Scrambles an integer; every bit of the input moves every bit of the result.</summary>
    public static uint Scramble(uint x)
    {
        x ^= x >> 16;
        x *= 0x7feb352du;
        x ^= x >> 15;
        x *= 0x846ca68bu;
        return x ^ (x >> 16);
    }

    /// <summary>A value in [0, 1) that belongs to <paramref name="number"/> and <paramref name="salt"/>.</summary>
    public static float At(int number, int salt) =>
        (Scramble((uint)number + Scramble((uint)salt * 0x9e3779b9u)) >> 8) * (1 / 16777216f);

    /// <summary>Smooth noise over the plane, in [−1, 1], with features about one unit wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> At(Vector<float> x, Vector<float> y)
    {
        var left = Vector.Floor(x);
        var top = Vector.Floor(y);
        var u = Fade(x - left);
        var v = Fade(y - top);
        var column = Vector.ConvertToInt32(left) * 374761393;
        var row = Vector.ConvertToInt32(top) * 668265263;
        var nextColumn = column + new Vector<int>(374761393);
        var nextRow = row + new Vector<int>(668265263);
        var upper = Lanes.Mix(Lattice(column + row), Lattice(nextColumn + row), u);
        var lower = Lanes.Mix(Lattice(column + nextRow), Lattice(nextColumn + nextRow), u);
        return Lanes.Mix(upper, lower, v);
    }

    /// <summary>The same for one place.</summary>
    public static float At(float x, float y) => At(Lanes.All(x), Lanes.All(y))[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fade(Vector<float> t) => t * t * t * ((t * ((t * 6) - Lanes.All(15))) + Lanes.All(10));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Lattice(Vector<int> corner)
    {
        var h = (corner ^ (corner >>> 13)) * 1274126177;
        h = (h ^ (h >>> 15)) * 1103515245;
        return Vector.ConvertToSingle(h >> 8) * (1 / 8388608f);
    }
}
