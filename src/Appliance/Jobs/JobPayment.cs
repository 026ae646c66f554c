namespace Appliance.Jobs;

/// <summary>Who pays for a job.</summary>
/// <param name="Quote">Id of the quote that was taken, as <c>0x</c> and 64 digits; no two jobs have the same.</param>
/// <param name="Requester">His address.</param>
/// <param name="Segments">How many segments the longest of its renditions has.</param>
internal sealed record JobPayment(string Quote, string Requester, int Segments)
{
    /// <summary>What he paid in the end, in decimal digits; null as long as it is not settled.</summary>
    public string? Charged { get; init; }
}
