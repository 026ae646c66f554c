using Appliance.Access;
using Appliance.Admission;
using Appliance.Cmcd;
using Appliance.Sources;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Answers with a media segment: when it is made, whether it is, and what is made after it follow from what the
/// player says of itself. Its bytes and its name do not.</summary>
/// <param name="source">It must have that segment.</param>
/// <param name="recipe">One of its ladder.</param>
/// <param name="index">Which.</param>
/// <param name="contentType">As <c>video/mp4</c>.</param>
internal sealed class SegmentResult(PlayableSource source, Recipe recipe, int index, string contentType) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        IServiceProvider services = context.RequestServices;
        SegmentCache cache = services.GetRequiredService<SegmentCache>();
        AdmissionRule admission = services.GetRequiredService<AdmissionRule>();
        ClientData said = ClientDataReader.Of(context.Request);
        string player = said.Session ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
        Starts starts = services.GetRequiredService<Starts>();
        ClientData client = starts.Note(player, said);
        Artifact artifact = Artifacts.Segment(source, recipe, index);
        if (recipe is VideoRecipe pictures)
        {
            admission.Advise(source.Ladder, pictures).WriteTo(context.Response.Headers);
        }

        Watch(context, services.GetRequiredService<Viewers>(), player, client);
        return new ArtifactResult(cache, artifact, contentType, ArtifactResult.Immutable)
        {
            Urgency = new(client.PriorityAfter(TimeSpan.Zero), client.StallsAfter),
            Admit = () =>
            {
                if (recipe is VideoRecipe && cache.BacklogBefore(artifact, client.PriorityAfter(TimeSpan.Zero)) is { } ahead)
                {
                    admission.Admit(source.Ladder, (SegmentOrder)artifact.Order, client, player, ahead);
                    services.GetRequiredService<Players>().Note(player);
                }
            },
            Begun = held =>
            {
                if (recipe is VideoRecipe)
                {
                    admission.Note(client, held);
                }
            },
            Delivered = () =>
            {
                starts.End(player, client);
                services.GetRequiredService<ReadAhead>().Schedule(
                    ReadAheadPlan.After(source, recipe, index, client, context.Request.Path));
            },
        }.ExecuteAsync(context);
    }

    private void Watch(HttpContext context, Viewers viewers, string player, ClientData client)
    {
        if (recipe is VideoRecipe or AudioRecipe or CopyRecipe && HttpMethods.IsGet(context.Request.Method)
            && source.Ladder.Renditions.Concat(source.Ladder.Beside).FirstOrDefault(rung => rung.Recipe == recipe) is { } rung)
        {
            string by = context.Caller() switch
            {
                Caller.App app => $"key {app.Key.Name}",
                Caller.Signed => "owner",
                Caller.Link => "link",
                _ => "home",
            };
            string kind = ClientKind.Of(context.Request.Headers.UserAgent);
            TimeSpan position = source.Description.Grid.TimeOf(source.Description.Grid.FirstFrame(index));
            var viewer = new Viewer(source.Id, rung.Name, position, client.Buffer, kind, by, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
            viewers.Note($"{player} {kind}", viewer, isSound: recipe is AudioRecipe);
        }
    }
}
