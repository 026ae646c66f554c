using System.Globalization;

namespace Appliance.Rewards;

/// <summary>Numbers in queries.</summary>
internal static class Paging
{
    /// <summary>Whether it is a whole number in its range, or not given.</summary>
    public static bool TryRead(string? text, long otherwise, long least, long most, out long value)
    {
        value = otherwise;
        return text is null
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }
}
