using Appliance.Access;
using Appliance.Access.Links;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Steering;

internal static class SteeringEndpoints
{
    /// <summary>Beside the folders of HLS and DASH.</summary>
    public const string FileName = "steering.json";

    public static void MapSteering(this IEndpointRouteBuilder app) =>
        app.MapMethods($"/v1/sources/{{id}}/{FileName}", SourceEndpoints.Reading, Lead).Needs(Scope.Play).Describe(new("Which way a player of a playback address with pathways is led")
        {
            Asks = [Asked.Source],
            Answers = [Answer.Json<SteeringAnswer>("A steering manifest (RFC 8216bis, 7.2).")],
            Refuses = [404],
        });

    private static Results<Ok<SteeringAnswer>, ProblemHttpResult> Lead(string id, HttpContext context, SteeringRule rule)
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
