using Appliance.Jobs.Batch;

namespace Appliance.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Share">Of the whole work, 0 to 1.</param>
/// <param name="TimesRealTime">Seconds of the whole job made in a second; null while nothing is made.</param>
/// <param name="SecondsLeft">To the end at this rate; null while nothing is made.</param>
/// <param name="Renditions">Each rendition, in segments.</param>
internal sealed record JobProgressResponse(
    double Share, double? TimesRealTime, double? SecondsLeft, IReadOnlyList<RungProgress> Renditions)
{
    public static JobProgressResponse Of(BatchStatus status, bool isRunning) => new(
        Math.Round(status.Share, 4),
        isRunning && status.TimesRealTime is { } rate ? Math.Round(rate, 3) : null,
        isRunning && status.Left is { } left ? Math.Ceiling(left.TotalSeconds) : null,
        status.Rungs);
}
