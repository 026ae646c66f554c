using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Snowy mountains behind a lake, in starlight.</summary>
internal readonly struct Mountains : IGround
{
    private static readonly RgbLanes Rock = new Rgb(0.012f, 0.018f, 0.028f).Spread();
    private static readonly RgbLanes Snow = new Rgb(0.16f, 0.25f, 0.33f).Spread();
    private static readonly RgbLanes Haze = new Rgb(0.030f, 0.075f, 0.095f).Spread();

    public Vector<float> Height(Vector<float> x, Vector<float> z)
    {
        var sum = Vector<float>.Zero;
        var rough = Lanes.All(1);
        float amplitude = 1;
        float frequency = 0.16f;
        for (int octave = 0; octave < 8; octave++)
        {
            var ridge = Lanes.All(1) - Vector.Abs(Noise.At((x * frequency) + Lanes.All(octave * 17.3f), z * frequency));
            ridge *= ridge;
            sum += ridge * rough * amplitude;

            // Only high ridges are broken further: valleys stay smooth.
            rough = Lanes.Clamp01(ridge * rough * 1.6f);
            amplitude *= 0.5f;
            frequency *= 2.03f;
        }

        var shore = Lanes.Smooth(7, 19, z);
        var valley = Lanes.All(0.45f) + (Lanes.Smooth(0.2f, 7, Vector.Abs(x - Lanes.All(0.8f))) * 0.75f);
        return (((sum - Lanes.All(0.55f)) * 2.9f * valley) - Lanes.All(0.1f)) * shore - ((Lanes.All(1) - shore) * 0.3f);
    }

    public RgbLanes Shade(Vector<float> x, Vector<float> z, Vector<float> height, float distance)
    {
        const float Reach = 0.03f;
        var slopeX = (height - Height(x + Lanes.All(Reach), z)) * (1 / Reach);
        var slopeZ = (height - Height(x, z + Lanes.All(Reach))) * (1 / Reach);
        var length = Vector.SquareRoot((slopeX * slopeX) + (slopeZ * slopeZ) + Lanes.All(1));
        var up = Lanes.All(1) / length;
        var light = Lanes.Clamp01(((slopeX * -0.75f) + (slopeZ * 0.25f) + Lanes.All(0.5f)) / length);
        var snow = Lanes.Smooth(0.42f, 0.62f, up + (Noise.At(x * 3.1f, z * 3.1f) * 0.08f)) * Lanes.Smooth(0.1f, 0.7f, height);
        var surface = RgbLanes.Mix(Rock * (light + Lanes.All(0.5f)), Snow * ((light * 1.5f) + Lanes.All(0.10f)), snow);
        var air = Lanes.All(1 - MathF.Exp(-distance * 0.016f)) * (Lanes.Decay(Vector.Max(height, Vector<float>.Zero) * 0.9f) * 0.9f + Lanes.All(0.1f));
        return RgbLanes.Mix(surface, Haze, air);
    }
}
