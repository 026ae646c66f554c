using Appliance.Jobs.Batch;

namespace Appliance.Rewards.Quotes;

/// <summary>What a quote was asked for.</summary>
/// <param name="SourceId">As in URLs.</param>
/// <param name="Rungs">Names of the rungs asked for; null for all.</param>
/// <param name="Sheet">What exactly is made.</param>
internal sealed record QuoteTerms(string SourceId, IReadOnlyList<string>? Rungs, JobSheet Sheet);
