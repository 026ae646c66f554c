namespace Rewards.Signing;

/// <summary>Text that has one form in JSON, because nothing in it is ever escaped.</summary>
internal static class PlainText
{
    /// <summary>The most characters of a key, a reference or a reason.</summary>
    public const int Limit = 128;

    /// <summary>Printable ASCII without quote and backslash?</summary>
    public static bool IsPlain(string text, int least, int most) =>
        text.Length >= least && text.Length <= most && text.All(IsPlain);

    /// <exception cref="ArgumentException">It is not 1 to 128 plain characters.</exception>
    public static void RequireKey(string key)
    {
        if (!IsPlain(key, 1, Limit))
        {
            throw new ArgumentException($"A key has 1 to {Limit} printable ASCII characters without quote and backslash.", nameof(key));
        }
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('"' or '\\');
}
