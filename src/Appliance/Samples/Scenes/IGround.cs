using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>A landscape: heights over a plane, and the light on them.</summary>
internal interface IGround
{
    Vector<float> Height(Vector<float> x, Vector<float> z);

    /// <summary>The light that comes from a place, before the air between dims it.</summary>
    /// <param name="x">To the right.</param>
    /// <param name="z">Forwards.</param>
    /// <param name="height">There.</param>
    /// <param name="distance">From the eye.</param>
    RgbLanes Shade(Vector<float> x, Vector<float> z, Vector<float> height, float distance);
}
