namespace Appliance.Webhooks;

/// <summary>One event for one hook.</summary>
/// <param name="Id">The same at each try, after a crash too: it follows from the hook and from what it tells.</param>
/// <param name="Type">The event's name.</param>
/// <param name="Body">What is sent, to the byte; empty once that is over.</param>
/// <param name="At">When the box noticed, UTC.</param>
internal sealed record HookMessage(string Id, string Type, string Body, DateTimeOffset At)
{
    /// <summary>Tries that were made.</summary>
    public int Tries { get; init; }

    /// <summary>When the last one ended; null before the first.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>How it was answered; null where it was not.</summary>
    public int? Status { get; init; }

    /// <summary>Why the last try failed, or why there are no more; one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>Not before this; at once where it was never tried.</summary>
    public DateTimeOffset NextAt { get; init; }

    public HookMessageState State { get; init; }
}
