using Appliance.Problems;
using Appliance.Sources;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>Which segment's tuning a request asks about.</summary>
internal static class TunedPicture
{
    /// <param name="source">It must have a picture.</param>
    /// <param name="seconds">Where, as text; past the end means the last segment.</param>
    /// <param name="rung">The rung's name, as <c>720p</c>; null for the first.</param>
    /// <exception cref="RequestRefusedException">404 without a picture or such a rung; 400 where the place is no number.</exception>
    public static Artifact Of(PlayableSource source, string? seconds, string? rung)
    {
        Rendition[] rungs = [.. source.Ladder.Video.Where(rendition => rendition.Recipe is VideoRecipe)];
        if (rungs.Length == 0)
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "This source has sound only.");
        }

        Rendition chosen = rungs.FirstOrDefault(rendition => rung is null || rendition.Name == rung) ?? throw new RequestRefusedException(
            StatusCodes.Status404NotFound, $"There is no such rung; there are {string.Join(", ", rungs.Select(rendition => rendition.Name))}.");
        Grid grid = source.Description.Grid;
        return Artifacts.Tuning(source, (VideoRecipe)chosen.Recipe, (int)(PlaceInFilm.Frame(grid, seconds) / grid.SegmentFrames));
    }
}
