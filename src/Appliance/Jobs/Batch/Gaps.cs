using System.Text;

namespace Appliance.Jobs.Batch;

/// <summary>Tells players which segments of a playlist are not there, so that they pass over them (EXT-X-GAP,
/// draft-pantos-hls-rfc8216bis, 4.4.4.7).</summary>
internal static class Gaps
{
    /// <param name="playlist">A media playlist, its segments called by their index.</param>
    /// <param name="isMissing">Whether the segment of that index is not there.</param>
    public static string Marked(string playlist, Func<int, bool> isMissing)
    {
        var text = new StringBuilder(playlist.Length);
        foreach (string line in playlist.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != '#' && int.TryParse(OutputFolder.PartOf(line), out int index) && isMissing(index))
            {
                text.Append("#EXT-X-GAP\n");
            }

            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
