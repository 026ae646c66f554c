using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Dunes, lit by a low sun ahead and to the right.</summary>
internal readonly struct Sand : IGround
{
    private static readonly RgbLanes Lit = new Rgb(1.05f, 0.43f, 0.115f).Spread();
    private static readonly RgbLanes Shadow = new Rgb(0.050f, 0.020f, 0.042f).Spread();
    private static readonly RgbLanes Haze = new Rgb(0.86f, 0.34f, 0.17f).Spread();

    public Vector<float> Height(Vector<float> x, Vector<float> z)
    {
        var bend = Noise.At(x * 0.11f, z * 0.11f);
        var broad = (x * -0.17f) + (z * 0.115f) + (bend * 0.85f);
        var narrow = (x * -0.31f) - (z * 0.17f) + (bend * 1.1f) + (Noise.At(x * 0.4f, z * 0.4f) * 0.12f);
        var size = Lanes.All(0.80f) + (Noise.At((x * 0.07f) + Lanes.All(7), z * 0.07f) * 0.55f);
        return ((Crest(broad) * 1.45f) + (Crest(narrow) * 0.42f)) * size;
    }

    public RgbLanes Shade(Vector<float> x, Vector<float> z, Vector<float> height, float distance)
    {
        float reach = 0.015f + (0.006f * distance);
        var slopeX = (height - Height(x + Lanes.All(reach), z)) * (1 / reach);
        var slopeZ = (height - Height(x, z + Lanes.All(reach))) * (1 / reach);
        float near = MathF.Max(0, 1 - (distance / 9));
        if (near > 0)
        {
            // Ripples of wind, too fine to be seen from afar.
            var ripple = Lanes.Sin((x * 9) + (z * 31) + (Noise.At(x * 2.2f, z * 2.2f) * 5)) * (0.16f * near);
            slopeX += ripple * 0.35f;
            slopeZ += ripple;
        }

        var length = Vector.SquareRoot((slopeX * slopeX) + (slopeZ * slopeZ) + Lanes.All(1));
        var light = Lanes.Clamp01(((slopeX * 0.92f) + (slopeZ * 0.34f) + Lanes.All(0.24f)) / length);
        var sky = Lanes.Clamp01(Lanes.All(1) / length);
        var surface = RgbLanes.Mix(Shadow * (Lanes.All(0.4f) + sky), Lit, Lanes.Smooth(0.0f, 0.85f, light));
        return RgbLanes.Mix(surface, Haze, Lanes.All((1 - MathF.Exp(-distance * 0.050f)) * 0.95f));
    }

    /// <summary>One dune a unit: a long climb and a short fall, rounded at the foot.</summary>
    private static Vector<float> Crest(Vector<float> along)
    {
        var part = along - Vector.Floor(along);
        var climb = part * (1 / 0.66f);
        var fall = (Lanes.All(1) - part) * (1 / 0.34f);

        // A soft minimum: a crest sharper than the steps along the ray would come out as dashes.
        const float Round = 0.16f;
        var near = Vector.Max(Lanes.All(Round) - Vector.Abs(climb - fall), Vector<float>.Zero) * (1 / Round);
        var edge = Vector.Max(Vector.Min(climb, fall) - (near * near * (Round / 4)), Vector<float>.Zero);
        return edge * edge * (Lanes.All(1.9f) - (edge * 0.9f));
    }
}
