using Appliance.Access;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards.Accounts;
using Appliance.Sources;
using Appliance.Transcoding;
using Microsoft.AspNetCore.Http.HttpResults;
using Transcode.Engine.Workers;

namespace Appliance.Health;

internal static class HealthEndpoints
{
    /// <summary>A prober waits for seconds at most; a worker that has not said hello by then is not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", SourceEndpoints.Reading, Live).NeedsNothing().Describe(new("Is it up")
        {
            Answers = [Answer.Json<HealthResponse>("It is.")],
        });
        app.MapMethods("/health/ready", SourceEndpoints.Reading, ReadyAsync).NeedsNothing().Describe(new("Can it work, and if not, why")
        {
            Answers = [Answer.Json<HealthResponse>("It can.")],
            Refuses = [503],
        });
    }

    private static Ok<HealthResponse> Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new HealthResponse("live", Engine: null, Detail: null));
    }

    /// <summary>Ready means that a worker runs: then anything that is asked for can be made. A disk that takes no segments
    /// makes the box slow, not unready, so it is told and no more.</summary>
    private static async Task<Results<Ok<HealthResponse>, ProblemHttpResult>> ReadyAsync(
        HttpResponse response, ITranscoder transcoder, SegmentStore store, BoxAccounts accounts, TimeProvider time, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        try
        {
            EngineIdentity engine = await transcoder.GetIdentityAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return TypedResults.Ok(new HealthResponse("ready", engine.ToString(), Detail(store.Status.Failure, accounts.Refusal is null ? null : "Work is not entered into books and log.")));
        }
        catch (TranscodeException exception)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (TimeoutException)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "No worker has started yet.");
        }
    }

    private static string? Detail(params string?[] details) =>
        details.All(detail => detail is null) ? null : string.Join(' ', details.Where(detail => detail is not null));
}
