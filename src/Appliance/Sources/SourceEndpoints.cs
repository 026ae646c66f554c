using System.Text.Json;
using Appliance.Access;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Startup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Sources;

internal static class SourceEndpoints
{
    /// <summary>The methods of everything that is only read.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/sources", Reading, List);
        app.MapMethods("/v1/sources/{id}", Reading, Detail);
        app.MapPost("/v1/sources", Add).RequireOwner();
    }

    private static Document List(SourceLibrary library)
    {
        var response = new SourceListResponse([.. library.All.Select(SourceAnswers.Summary)]);
        return Document.Json(JsonSerializer.SerializeToUtf8Bytes(response, SourcesJson.Default.SourceListResponse));
    }

    private static Document Detail(string id, SourceLookup lookup, MadeHere here)
    {
        SourceDetailResponse response = SourceAnswers.Detail(lookup.Look(id), here);
        return Document.Json(JsonSerializer.SerializeToUtf8Bytes(response, SourcesJson.Default.SourceDetailResponse));
    }

    private static Results<Accepted<AddSourceResponse>, ProblemHttpResult> Add(AddSourceRequest request, SourceIntake intake)
    {
        if (request.Path is not { Length: > 0 } path || path.Contains('\0') || !Path.IsPathFullyQualified(path))
        {
            return Problem.BadRequest("path must be the absolute path of a file or folder of this box.");
        }

        try
        {
            int accepted = SourceFiles.At(path).TakeWhile(intake.TryOffer).Count();
            return TypedResults.Accepted("/v1/sources", new AddSourceResponse(accepted));
        }
        catch (UsageException exception)
        {
            return Problem.BadRequest(exception.Message);
        }
    }
}
