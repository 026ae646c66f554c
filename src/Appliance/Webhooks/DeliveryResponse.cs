namespace Appliance.Webhooks;

/// <summary>One message to a hook.</summary>
/// <param name="Id">The header <c>webhook-id</c>, the same at each try.</param>
/// <param name="Type">The event's name.</param>
/// <param name="At">When the box noticed, UTC.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>givenUp</c>.</param>
/// <param name="Tries">Made so far.</param>
/// <param name="TriedAt">When the last one ended; null before the first.</param>
/// <param name="Status">How it was answered; null where it was not.</param>
/// <param name="Reason">Why the last try failed, or why there are no more.</param>
/// <param name="NextAt">When it is tried again; null where it is not, or at once.</param>
internal sealed record DeliveryResponse(
    string Id, string Type, DateTimeOffset At, HookMessageState State, int Tries, DateTimeOffset? TriedAt, int? Status, string? Reason, DateTimeOffset? NextAt)
{
    public static DeliveryResponse Of(HookMessage message) => new(
        message.Id,
        message.Type,
        message.At,
        message.State,
        message.Tries,
        message.TriedAt,
        message.Status,
        message.Reason,
        message is { State: HookMessageState.Waiting, Tries: > 0 } ? message.NextAt : null);
}
