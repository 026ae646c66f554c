using System.Text.Json;
using Appliance.Access;
using Appliance.Playback;
using Appliance.Reference;

namespace Appliance.Sources;

internal static class SourceEndpoints
{
    /// <summary>The methods of everything that is only read.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/sources", Reading, List).Needs(Scope.Play).Describe(new("What is served, by title")
        {
            Answers = [Answer.Json<SourceListResponse>("All of it.")],
        });
        app.MapMethods("/v1/sources/{id}", Reading, Detail).Needs(Scope.Play).Describe(new("One source: its renditions, subtitle tracks and chapters")
        {
            Asks = [Asked.Source],
            Answers = [Answer.Json<SourceDetailResponse>("As it is known by now.")],
            Refuses = [404, 410],
        });
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
}
