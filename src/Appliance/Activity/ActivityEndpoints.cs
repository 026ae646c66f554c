using Appliance.Access;
using Appliance.Admission;
using Appliance.Budgets;
using Appliance.Playback;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Transcoding;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Activity;

internal static class ActivityEndpoints
{
    public static void MapActivity(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/activity", SourceEndpoints.Reading, Now).Needs(Scope.Figures).Describe(new("What the box does now: workers, queues, cache")
        {
            Answers = [Answer.Json<ActivityResponse>("Now.")],
        });
        app.MapMethods("/v1/budgets", SourceEndpoints.Reading, Budgets).Needs(Scope.Owner).Describe(new("What the box may take now, and why")
        {
            Answers = [Answer.Json<BudgetReport>("Now.")],
        });
    }

    private static Ok<ActivityResponse> Now(ITranscoder transcoder, SegmentCache cache, SegmentStore store, Viewers viewers, PlaybackMeter meter, SourceLibrary library, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        (int answers, int hits) = meter.Lately.Now;
        return TypedResults.Ok(new ActivityResponse(transcoder.Status, cache.Status, store.Status, [.. viewers.Now.Select(viewer => Response(viewer, library))], new(answers, hits)));
    }

    private static ViewerResponse Response(Viewer viewer, SourceLibrary library) => new(
        viewer.Source,
        library.TryFind(viewer.Source, out Source? source) ? source.Title : null,
        viewer.Rung,
        Math.Round(viewer.Position.TotalSeconds, 3),
        viewer.Buffer?.TotalSeconds,
        viewer.Client,
        viewer.By,
        viewer.SeenAt);

    private static Ok<BudgetReport> Budgets(BudgetKeeper keeper, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(keeper.Report);
    }
}
