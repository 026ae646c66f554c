namespace Appliance.Rewards.Settings;

/// <summary>A witness in <c>rewards.json</c> as it is written.</summary>
/// <param name="Key">Its verifier key, a line.</param>
/// <param name="Url">What <c>/add-checkpoint</c> is put behind.</param>
internal sealed record WitnessEntry(string? Key, string? Url);
