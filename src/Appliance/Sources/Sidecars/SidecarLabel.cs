using Appliance.Playback;
using Transcode.Engine.Media;

namespace Appliance.Sources.Sidecars;

/// <summary>What a subtitle file's name says, as people and other players write it: after the film's own name, words
/// between dots, as in <c>A film.en.forced.srt</c>.</summary>
/// <param name="Language">ISO 639 or RFC 5646, or null.</param>
/// <param name="Title">The words that are neither a language nor a purpose, or null.</param>
/// <param name="Roles">What it is for.</param>
internal sealed record SidecarLabel(string? Language, string? Title, TrackRoles Roles)
{
    private static readonly Dictionary<string, TrackRoles> Purposes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["forced"] = TrackRoles.Forced,
        ["foreign"] = TrackRoles.Forced,
        ["sdh"] = TrackRoles.HearingImpaired,
        ["cc"] = TrackRoles.HearingImpaired,
        ["hi"] = TrackRoles.HearingImpaired,
        ["commentary"] = TrackRoles.Commentary,
        ["default"] = TrackRoles.Default,
    };

    /// <param name="words">What lies between the film's name and the extension, dots included; may be empty.</param>
    public static SidecarLabel Of(string words)
    {
        string? language = null;
        var roles = TrackRoles.None;
        var title = new List<string>();
        foreach (string word in words.Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "hi" alone is Hindi; after a language it is for the hard of hearing.
            if (language is null && IsLanguage(word))
            {
                language = word;
            }
            else if (Purposes.TryGetValue(word, out TrackRoles role))
            {
                roles |= role;
            }
            else
            {
                title.Add(word);
            }
        }

        return new(language, title.Count == 0 ? null : string.Join(' ', title), roles);
    }

    /// <summary>Codes that players know in any letters; other words of two or three letters in small ones, for "HD" is none. "cc"
    /// and "sdh" are nobody's language.</summary>
    private static bool IsLanguage(string word) =>
        SpokenLanguage.IsKnown(word)
        || (word.Length is 2 or 3 && word.All(char.IsAsciiLetterLower) && !Purposes.ContainsKey(word) && SpokenLanguage.Of(word) is not null);
}
