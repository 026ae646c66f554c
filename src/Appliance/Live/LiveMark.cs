using System.Globalization;

namespace Appliance.Live;

/// <summary>What a listener has been told, as the id of an event: <c>0123abcd:library=4,jobs=7</c>.</summary>
internal static class LiveMark
{
    /// <summary>Longer than any that was given out.</summary>
    private const int LongestText = 512;

    public static string Text(string boot, IReadOnlyDictionary<string, long> told) =>
        $"{boot}:{string.Join(',', told.Select(topic => string.Create(CultureInfo.InvariantCulture, $"{topic.Key}={topic.Value}")))}";

    /// <returns>Nothing where it is of another start of the box, or no such text: then all is told.</returns>
    public static Dictionary<string, long> Parse(string? text, string boot)
    {
        var told = new Dictionary<string, long>();
        if (text is { Length: <= LongestText } && text.StartsWith(boot + ":", StringComparison.Ordinal))
        {
            foreach (string part in text[(boot.Length + 1)..].Split(','))
            {
                if (part.Split('=') is [{ Length: > 0 } name, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long revision))
                {
                    told[name] = revision;
                }
            }
        }

        return told;
    }
}
