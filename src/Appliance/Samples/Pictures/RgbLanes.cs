using System.Numerics;
using System.Runtime.CompilerServices;

namespace Appliance.Samples.Pictures;

/// <summary>The colours of several neighbouring pixels.</summary>
internal readonly record struct RgbLanes(Vector<float> R, Vector<float> G, Vector<float> B)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RgbLanes operator +(RgbLanes a, RgbLanes b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RgbLanes operator *(RgbLanes a, Vector<float> amount) => new(a.R * amount, a.G * amount, a.B * amount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RgbLanes operator *(RgbLanes a, RgbLanes b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RgbLanes Mix(RgbLanes a, RgbLanes b, Vector<float> amount) =>
        new(Lanes.Mix(a.R, b.R, amount), Lanes.Mix(a.G, b.G, amount), Lanes.Mix(a.B, b.B, amount));
}
