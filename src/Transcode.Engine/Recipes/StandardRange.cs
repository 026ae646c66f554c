namespace Transcode.Engine.Recipes;

/// <summary>How single pictures of a high dynamic range become those of the standard one: as the rungs do that have it, each as if a shot began with it.</summary>
/// <param name="ToneMap">How tones are mapped.</param>
/// <param name="Scaler">The filter they are scaled by before, as <see cref="VideoRecipe.Scaler"/>.</param>
public sealed record StandardRange(PictureToneMap ToneMap, string Scaler);
