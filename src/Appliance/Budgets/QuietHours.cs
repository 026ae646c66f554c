using System.Globalization;

namespace Appliance.Budgets;

/// <summary>Hours of every day, by the box's own clock; they may pass midnight.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Not included; another than <paramref name="From"/>.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly now) => now.IsBetween(From, To);

    /// <summary>As <c>22:00-07:00</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH\\:mm}-{To:HH\\:mm}");

    /// <returns>Null where it is none.</returns>
    public static QuietHours? TryParse(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } start && Time(to) is { } end && start != end ? new(start, end) : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;
}
