using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>The common part of playlists whose segments begin at grid frames of their own.</summary>
internal static class TimedList
{
    /// <param name="grid">The source's timeline.</param>
    /// <param name="recipe">What the segments are made by.</param>
    /// <param name="header">Lines that only this kind has.</param>
    /// <param name="beforeEach">Lines before each segment's address.</param>
    /// <param name="extension">Of the segments' files.</param>
    public static string Of(Grid grid, Recipe recipe, string header, string beforeEach, string extension)
    {
        int count = recipe.SegmentCount(grid);
        long[] starts = [.. Enumerable.Range(0, count + 1).Select(index => SegmentTimes.StartMicroseconds(grid, recipe, index))];
        long target = Enumerable.Range(0, count).Max(index => (starts[index + 1] - starts[index] + 999_999) / 1_000_000);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{target}\n");
        text.Append("#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n").Append(header);
        for (int index = 0; index < count; index++)
        {
            long lasts = starts[index + 1] - starts[index];
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{lasts / 1_000_000}.{lasts % 1_000_000:D6},\n{beforeEach}{index}.{extension}\n");
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }
}
