namespace Appliance.Access;

internal static class BodyLimitExtensions
{
    public static TBuilder LimitBody<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(BodyLimit.Small);
}
