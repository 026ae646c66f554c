namespace Appliance.Jobs.Batch;

/// <summary>How far a job is.</summary>
/// <param name="Rungs">Each rendition.</param>
/// <param name="Share">Of the whole work, 0 to 1, weighted by pixels.</param>
/// <param name="TimesRealTime">Seconds of the whole job made in a second, over this run; null before the first.</param>
/// <param name="Left">Time to the end at this rate; null before there is a rate.</param>
internal sealed record BatchStatus(IReadOnlyList<RungProgress> Rungs, double Share, double? TimesRealTime, TimeSpan? Left);
