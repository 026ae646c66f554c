namespace Appliance.Samples.Scenes;

/// <summary>Where a landscape is seen from.</summary>
/// <param name="X">To the right.</param>
/// <param name="Height">Above zero ground.</param>
/// <param name="Z">Forwards.</param>
/// <param name="Horizon">The row of the horizon, in pixels from the top.</param>
/// <param name="Focal">The focal length, in pixels.</param>
/// <param name="Near">Where the ground begins to be seen.</param>
/// <param name="Far">Where it ends.</param>
/// <param name="Step">The distance between two looks at the ground, as a part of the distance from the eye.</param>
internal readonly record struct Frustum(
    float X, float Height, float Z, float Horizon, float Focal, float Near, float Far, float Step);
