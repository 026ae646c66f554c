namespace Appliance.Access;

/// <summary>How endpoints say what they want. One that says nothing is the owner's.</summary>
internal static class NeedsExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Scope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Need(scope));

    /// <summary>Of several scopes, one is enough: what the endpoint does for whom is its own to say.</summary>
    public static TBuilder NeedsOneOf<TBuilder>(this TBuilder endpoint, Scope scopes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Need(scopes));

    /// <summary>Opens it to anybody, the owner's consent not asked.</summary>
    public static TBuilder NeedsNothing<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.Needs(Scope.None);
}
