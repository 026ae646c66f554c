namespace Transcode.Engine.Recipes;

/// <summary>Subtitles of pictures that are laid over the picture.</summary>
/// <param name="StreamIndex">The track of the source they are of.</param>
/// <param name="LookBackSeconds">Subtitles are decoded from this long before a segment on: what began earlier is no longer
/// in it.</param>
public sealed record BurnIn(int StreamIndex, int LookBackSeconds);
