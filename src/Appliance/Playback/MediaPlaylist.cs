using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>The playlist of one rendition (RFC 8216, 4.3.3). A function of grid and recipe, written before a single
/// segment is made.</summary>
internal static class MediaPlaylist
{
    /// <summary>Goes into the entity tag: another way of writing is another document.</summary>
    public const int Version = 1;

    public static string Of(Grid grid, Recipe recipe)
    {
        // Sound has the grid's target too (HLS authoring specification 1.15.2 wants one for all): its segments float by
        // less than one audio frame, which rounds away (RFC 8216, 4.3.3.1). Subtitles alone may have another
        // (draft-pantos-hls-rfc8216bis, 6.2.4).
        int count = recipe.SegmentCount(grid);
        var words = recipe as TextRecipe;
        long longest = words is null ? grid.SegmentFrames : words.FirstFrame(grid, 1);
        long target = new Rational(grid.FrameRate.Denominator, grid.FrameRate.Numerator).CeilingOf(longest);
        var text = new StringBuilder(256 + (count * 28));
        text.Append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:").Append(CultureInfo.InvariantCulture, $"{target}\n");
        text.Append("#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (words is null)
        {
            text.Append("#EXT-X-MAP:URI=\"init.mp4\"\n");
        }

        // Durations are differences of rounded instants, so that their sum never drifts from the timeline.
        long start = SegmentTimes.StartMicroseconds(grid, recipe, 0);
        string extension = words is null ? "m4s" : "vtt";
        for (int index = 0; index < count; index++)
        {
            long end = SegmentTimes.StartMicroseconds(grid, recipe, index + 1);
            if (end > start)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{(end - start) / 1_000_000}.{(end - start) % 1_000_000:D6},\n{index}.{extension}\n");
            }

            start = end;
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }
}
