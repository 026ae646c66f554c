using Transcode.Engine.Workers;

namespace Appliance.Tuning;

/// <summary>What was found at a place of a film.</summary>
/// <param name="At">Of the picture shown.</param>
/// <param name="Report">Of its segment.</param>
internal sealed record TunedPlace(TimeSpan At, TuningReport Report);
