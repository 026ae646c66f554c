using System.Globalization;

namespace Appliance.Startup;

/// <summary>Amounts of bytes as people write them: <c>1048576</c>, <c>500M</c>, <c>10G</c>, <c>1T</c>, with or without
/// <c>B</c> or <c>iB</c>. The prefixes are powers of 1024.</summary>
internal static class ByteSize
{
    /// <summary>In the largest prefix that leaves at least one, rounded down, as <c>10G</c>.</summary>
    public static string Text(long bytes)
    {
        const string Prefixes = "KMGT";
        int prefix = -1;
        while (bytes >= 1024 && prefix + 1 < Prefixes.Length)
        {
            bytes >>= 10;
            prefix++;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + (prefix < 0 ? "B" : Prefixes[prefix]);
    }

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        int? shift = text[digits..].ToUpperInvariant() switch
        {
            "" or "B" => 0,
            "K" or "KB" or "KIB" => 10,
            "M" or "MB" or "MIB" => 20,
            "G" or "GB" or "GIB" => 30,
            "T" or "TB" or "TIB" => 40,
            _ => null,
        };
        if (shift is null
            || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            || number > long.MaxValue >> shift.Value)
        {
            return false;
        }

        bytes = number << shift.Value;
        return true;
    }
}
