namespace Appliance.Idempotency;

internal static class RepeatableExtensions
{
    /// <summary>Sent twice with one <c>Idempotency-Key</c>, it is done once and answered the same, as long as the box remembers.</summary>
    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Repeatable.Instance);
}
