using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>The playlist of single pictures (RFC 8216, 4.3.3.6: EXT-X-I-FRAMES-ONLY). Each is a file of its own, so no byte
/// ranges are needed.</summary>
internal static class IFramePlaylist
{
    public static string Of(Grid grid, IFrameRecipe recipe) => TimedList.Of(
        grid,
        recipe,
        "#EXT-X-I-FRAMES-ONLY\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n",
        beforeEach: "",
        extension: "m4s");
}
