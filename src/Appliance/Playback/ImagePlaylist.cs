using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>The playlist of thumbnail sheets: the Image Media Playlist extension to HLS, version 0.4
/// (EXT-X-IMAGES-ONLY, EXT-X-TILES). Players that do not know it never ask for it.</summary>
internal static class ImagePlaylist
{
    public static string Of(Grid grid, TileRecipe recipe)
    {
        double secondsATile = recipe.FramesApart / grid.FrameRate.ToDouble();
        return TimedList.Of(
            grid,
            recipe,
            "#EXT-X-IMAGES-ONLY\n",
            string.Create(
                CultureInfo.InvariantCulture,
                $"#EXT-X-TILES:RESOLUTION={recipe.Width}x{recipe.Height},LAYOUT={recipe.Columns}x{recipe.Rows},DURATION={secondsATile:F6}\n"),
            extension: "jpg");
    }
}
