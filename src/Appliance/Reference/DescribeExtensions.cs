namespace Appliance.Reference;

internal static class DescribeExtensions
{
    /// <summary>Says what it does, for <c>openapi.json</c>.</summary>
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, Described described)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([described, .. described.Answers.Where(answer => answer.Type is not null).Select(answer => new ProducesResponseTypeMetadata(answer.Status, answer.Type, [answer.MediaType!]))]);
}
