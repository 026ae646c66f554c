using System.Text.Json;
using Appliance.Access;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards;

namespace Appliance.Sources;

internal static class SourceEndpoints
{
    /// <summary>The methods of everything that is only read.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/sources", Reading, List).Needs(Scope.Play).Describe(new("What is served, by title")
        {
            Asks = [Asked.Query("after", "Sources after this one: its id.") with { Pattern = "^[0-9a-f]{20}$" }, Asked.Limit(SourceLibrary.Limit, SourceLibrary.Limit)],
            Answers = [Answer.Json<SourceListResponse>("All of it, or so much as was asked for.")],
        });
        app.MapMethods("/v1/sources/{id}", Reading, Detail).Needs(Scope.Play).Describe(new("One source: its renditions, subtitle tracks and chapters")
        {
            Asks = [Asked.Source],
            Answers = [Answer.Json<SourceDetailResponse>("As it is known by now.")],
            Refuses = [404, 410],
        });
    }

    private static IResult List(string? after, string? limit, SourceLibrary library)
    {
        IReadOnlyList<Source> all = library.All;
        int start = 0;
        if (!Paging.TryRead(limit, SourceLibrary.Limit, 1, SourceLibrary.Limit, out long count) || (after is not null && (start = 1 + all.TakeWhile(source => source.Id != after).Count()) > all.Count))
        {
            return Problem.BadRequest($"after must be a source's id that is still in the list, and limit 1 to {SourceLibrary.Limit}.");
        }

        Source[] page = [.. all.Skip(start).Take((int)count)];
        var response = new SourceListResponse([.. page.Select(SourceAnswers.Summary)], start + page.Length < all.Count ? page[^1].Id : null);
        return Document.Json(JsonSerializer.SerializeToUtf8Bytes(response, SourcesJson.Default.SourceListResponse));
    }

    private static Document Detail(string id, SourceLookup lookup, MadeHere here)
    {
        SourceDetailResponse response = SourceAnswers.Detail(lookup.Look(id), here);
        return Document.Json(JsonSerializer.SerializeToUtf8Bytes(response, SourcesJson.Default.SourceDetailResponse));
    }
}
