using System.Numerics;

namespace Appliance.Samples.Pictures;

/// <summary>A colour, as linear light or as values for a screen: the user says which.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static Rgb operator *(Rgb colour, float amount) => new(colour.R * amount, colour.G * amount, colour.B * amount);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Rgb Mix(Rgb a, Rgb b, float amount) => (a * (1 - amount)) + (b * amount);

    public RgbLanes Spread() => new(new Vector<float>(R), new Vector<float>(G), new Vector<float>(B));
}
