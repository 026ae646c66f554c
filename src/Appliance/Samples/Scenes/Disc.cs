using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>A point of light out of focus.</summary>
/// <param name="X">Of its middle, in pixels.</param>
/// <param name="Y">Of its middle, in pixels.</param>
/// <param name="Radius">In pixels.</param>
/// <param name="Soft">How wide its edge is, in pixels.</param>
/// <param name="Rim">How much brighter its edge is than its middle, 0 to 1.</param>
/// <param name="Light">Of its middle.</param>
internal readonly record struct Disc(float X, float Y, float Radius, float Soft, float Rim, Rgb Light)
{
    public void AddRow(int y, RgbRow row)
    {
        float dy = y + 0.5f - Y;
        int first = Math.Max(0, (int)(X - Radius - 2)) / Lanes.Count;
        int last = Math.Min(row.RedLanes.Length - 1, (int)(X + Radius + 2) / Lanes.Count);
        for (int i = first; i <= last; i++)
        {
            var dx = Lanes.Ramp + Lanes.All((i * Lanes.Count) + 0.5f - X);
            var distance = Vector.SquareRoot((dx * dx) + Lanes.All(dy * dy));
            var inside = distance * (1 / Radius);
            var cover = Lanes.Clamp01((Lanes.All(Radius + 0.5f) - distance) * (1 / Soft));
            inside *= inside;
            cover *= Lanes.All(1) + (inside * inside * Rim);
            row.RedLanes[i] += cover * Light.R;
            row.GreenLanes[i] += cover * Light.G;
            row.BlueLanes[i] += cover * Light.B;
        }
    }
}
