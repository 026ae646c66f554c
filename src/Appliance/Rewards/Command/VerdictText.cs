namespace Appliance.Rewards.Command;

/// <summary>Words for a signed verdict, which holds plain ones only.</summary>
internal static class VerdictText
{
    /// <param name="text">For people.</param>
    /// <param name="most">Characters that are kept.</param>
    /// <returns>Printable ASCII without quote and backslash.</returns>
    public static string Of(string text, int most) => string.Create(Math.Min(text.Length, most), text, static (plain, text) =>
    {
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = text[i] switch
            {
                '×' => 'x',
                '−' or '–' => '-',
                '"' or '’' => '\'',
                '\\' => '/',
                >= ' ' and <= '~' and char c => c,
                _ => '?',
            };
        }
    });
}
