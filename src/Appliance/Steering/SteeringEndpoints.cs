using Appliance.Access;
using Appliance.Access.Links;
using Appliance.Problems;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Steering;

internal static class SteeringEndpoints
{
    /// <summary>Beside the folders of HLS and DASH.</summary>
    public const string FileName = "steering.json";

    public static void MapSteering(this IEndpointRouteBuilder app) =>
        app.MapMethods($"/v1/sources/{{id}}/{FileName}", SourceEndpoints.Reading, Answer).Needs(Scope.Play);

    private static Results<Ok<SteeringAnswer>, ProblemHttpResult> Answer(string id, HttpContext context, SteeringRule rule)
    {
        if (context.Features.Get<LinkedRequest>()?.Link is not { Pathways.Count: > 0 } link || link.Source != id)
        {
            return Problem.NotFound("Only a playback address with pathways has this.");
        }

        context.Response.Headers.CacheControl = "no-store";
        bool isHome = HomeNetwork.Has(context.Connection.RemoteIpAddress) && !RequestOrigin.IsProxied(context.Request);
        return TypedResults.Ok(rule.Answer(link, context.Connection.RemoteIpAddress, isHome));
    }
}
