namespace Appliance.Rewards.Log.Witnesses;

/// <summary>How a witness stands to the log.</summary>
/// <param name="Name">Of its key.</param>
/// <param name="Url">Where it is asked.</param>
/// <param name="Size">Entries of the last checkpoint it cosigned; 0 where there is none.</param>
/// <param name="At">When, by its own clock; null where there is none.</param>
/// <param name="Trouble">Why it does not cosign now, a sentence; null where nothing is in the way.</param>
internal sealed record WitnessStanding(string Name, string Url, long Size, DateTimeOffset? At, string? Trouble);
