namespace Appliance.Webhooks;

/// <summary>What came of one try.</summary>
/// <param name="Status">Null where nothing was answered.</param>
/// <param name="Reason">Why it is not delivered; null where it is.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone; null where it did not say.</param>
internal readonly record struct HookAnswer(int? Status, string? Reason, TimeSpan? RetryAfter = null)
{
    public bool IsDelivered => Reason is null;

    /// <summary>It wants nothing any more.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
