using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Transcode.Engine.Segments.Ttml;

/// <summary>Reads the time expressions of a document (TTML1, 10.3.1) by its own parameters (6.2).</summary>
internal sealed partial class TtmlClock
{
    private const decimal MicrosecondsPerSecond = 1_000_000;

    /// <summary>The longest expression that is one: more digits than these say nothing.</summary>
    private const int LongestExpression = 24;

    private const int MaxFrameRate = 1000;

    private const int MaxTickRate = 1_000_000_000;

    private const int MaxMultiplier = 1_000_000;

    private readonly int frameRate;
    private readonly int subFrameRate;
    private readonly decimal effectiveRate;
    private readonly decimal tickRate;
    private readonly bool countsFrames;
    private readonly bool dropsFrames;

    /// <param name="root">The document's <c>tt</c>.</param>
    public TtmlClock(XElement root)
    {
        frameRate = Number(root.Value("frameRate"), MaxFrameRate) ?? 30;
        subFrameRate = Number(root.Value("subFrameRate"), MaxFrameRate) ?? 1;
        effectiveRate = frameRate * Multiplier(root.Value("frameRateMultiplier"));
        tickRate = Number(root.Value("tickRate"), MaxTickRate) ?? (root.Value("frameRate") is null ? 1 : effectiveRate * subFrameRate);

        // SMPTE time codes are numbers of frames, of which some are left out where that keeps them near the clock.
        countsFrames = root.Value("timeBase") == "smpte";
        dropsFrames = root.Value("dropMode") == "dropNTSC";
    }

    /// <returns>Microseconds, or null where it is no time.</returns>
    public long? Read(string? expression)
    {
        string text = expression?.Trim() ?? "";
        if (text.Length is 0 or > LongestExpression)
        {
            return null;
        }

        if (ClockTime().Match(text) is { Success: true } clock)
        {
            return Rounded(OfClock(clock.Groups));
        }

        return OffsetTime().Match(text) is { Success: true } offset ? Rounded(Amount(offset.Groups[1]) * Unit(offset.Groups[2].Value)) : null;
    }

    private decimal OfClock(GroupCollection parts)
    {
        decimal minutes = (Amount(parts[1]) * 60) + Amount(parts[2]);
        decimal seconds = (minutes * 60) + Amount(parts[3]);
        decimal frames = Amount(parts[5]) + (parts[6].Success ? Amount(parts[6]) / subFrameRate : 0);
        if (!countsFrames || parts[4].Success)
        {
            return ((seconds + Amount(parts[4])) * MicrosecondsPerSecond) + (frames * Unit("f"));
        }

        // Two numbers a minute, but not each tenth (TTML1, annex N).
        decimal dropped = dropsFrames ? (minutes - decimal.Floor(minutes / 10)) * 2 : 0;
        return ((seconds * frameRate) - dropped + frames) * Unit("f");
    }

    private decimal Unit(string metric) => metric switch
    {
        "h" => 3600 * MicrosecondsPerSecond,
        "m" => 60 * MicrosecondsPerSecond,
        "s" => MicrosecondsPerSecond,
        "ms" => 1000,
        "f" => MicrosecondsPerSecond / effectiveRate,
        _ => MicrosecondsPerSecond / tickRate,
    };

    /// <summary>A fraction begins with its point.</summary>
    private static decimal Amount(Group digits) => digits.Success ? decimal.Parse(digits.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    private static long? Rounded(decimal microseconds) =>
        microseconds is >= 0 and < long.MaxValue / 4 ? (long)decimal.Round(microseconds, MidpointRounding.AwayFromZero) : null;

    private static int? Number(string? text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= max ? number : null;

    /// <summary>Two numbers, by now with a space between them, in the drafts with a colon.</summary>
    private static decimal Multiplier(string? text) =>
        text?.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries) is [var over, var under] && Number(over, MaxMultiplier) is { } numerator && Number(under, MaxMultiplier) is { } denominator
            ? (decimal)numerator / denominator
            : 1;

    /// <summary>Hours, minutes, seconds; then a fraction, or frames and parts of one.</summary>
    [GeneratedRegex(@"^(\d{2,6}):(\d{2}):(\d{2})(?:(\.\d+)|:(\d{2,6})(?:\.(\d{1,6}))?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockTime();

    [GeneratedRegex(@"^(\d{1,12}(?:\.\d+)?)(h|ms|m|s|f|t)$", RegexOptions.CultureInvariant)]
    private static partial Regex OffsetTime();
}
