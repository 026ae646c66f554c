using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Verification;

/// <summary>What a box says it made.</summary>
/// <param name="Source">As probed by whoever checks; it has video.</param>
/// <param name="Recipe">What was asked for.</param>
/// <param name="Index">Of the segment, 0 to the grid's segment count − 1.</param>
/// <param name="Engine">The build that made it, as <see cref="EngineIdentity.ToString"/> has it; of others anything.</param>
/// <param name="Sha256">Of the media segment's bytes, in lower-case hexadecimal: what was committed to.</param>
public sealed record RenditionClaim(SourceDescription Source, VideoRecipe Recipe, int Index, string Engine, string Sha256)
{
    /// <summary>Pictures the segment is to have.</summary>
    internal int Frames => Source.Grid.FramesIn(Index);
}
