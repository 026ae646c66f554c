namespace Appliance.Watching;

/// <summary>How far somebody is in a film.</summary>
/// <param name="PositionSeconds">Of the film, from 0. Must be there.</param>
/// <param name="SecondsAgo">How long ago that was, 0 to a week: clocks of browsers are not asked. 0 where it is left out.</param>
internal sealed record WatchingRequest(double? PositionSeconds, double? SecondsAgo)
{
    private const double MostSecondsAgo = 7 * 86_400;

    /// <summary>What is wrong with it, for a person; null where nothing is.</summary>
    public string? Mistake() =>
        PositionSeconds is not >= 0 ? "positionSeconds must say how far the film was watched, in seconds from 0."
        : SecondsAgo is < 0 or > MostSecondsAgo ? $"secondsAgo must be a number from 0 to {MostSecondsAgo}, or be left out."
        : null;
}
