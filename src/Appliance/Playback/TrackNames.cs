using System.Globalization;
using Transcode.Engine.Media;

namespace Appliance.Playback;

/// <summary>What people read when they choose among the tracks of a source.</summary>
internal static class TrackNames
{
    private const int Longest = 64;

    /// <summary>One name a track, no two alike, as HLS asks within a group (RFC 8216, 4.3.4.1.1): its title, else its
    /// language, else a word; then what it is for; and a number where that is not enough.</summary>
    /// <param name="tracks">In the order shown.</param>
    /// <param name="word">For a track that says nothing of itself.</param>
    public static List<string> Of(IEnumerable<LabelledTrack> tracks, string word)
    {
        var names = new List<string>();
        foreach (LabelledTrack track in tracks)
        {
            string name = NameOf(track, word);
            string unique = name;
            for (int number = 2; names.Contains(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
            }

            names.Add(unique);
        }

        return names;
    }

    /// <summary>A quoted string holds neither quotes nor line ends (RFC 8216, 4.2), and a title comes from a stranger.</summary>
    private static string NameOf(LabelledTrack track, string word)
    {
        string title = new([.. (track.Title ?? "").Where(c => c != '"' && !char.IsControl(c) && !char.IsSurrogate(c)).Take(Longest)]);
        if (title.Trim() is { Length: > 0 } given)
        {
            return given;
        }

        string name = SpokenLanguage.Of(track.Language)?.Name ?? word;
        return Purpose(track.Roles) is { } purpose ? $"{name} ({purpose})" : name;
    }

    private static string? Purpose(TrackRoles roles) =>
        roles.HasFlag(TrackRoles.Commentary) ? "commentary"
        : roles.HasFlag(TrackRoles.VisualImpaired) ? "audio description"
        : roles.HasFlag(TrackRoles.HearingImpaired) ? "for the hard of hearing"
        : roles.HasFlag(TrackRoles.Forced) ? "forced"
        : null;
}
