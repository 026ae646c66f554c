namespace Appliance.Network;

internal static class NetworkText
{
    /// <summary>Whether it can be written as UTF-8: no half of a pair stands alone.</summary>
    public static bool IsNormalizedText(this string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] is '\uFFFE' or '\uFFFF')
            {
                return false;
            }
        }

        return true;
    }
}
