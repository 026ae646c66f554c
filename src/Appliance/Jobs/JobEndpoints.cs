using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Idempotency;
using Appliance.Jobs.Batch;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Http.HttpResults;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs;

internal static class JobEndpoints
{
    private const int MostRenditions = 64;

    private static readonly Asked Id = Asked.Path("id", "The job's, as the list has it.");

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/jobs", SourceEndpoints.Reading, List).Needs(Scope.Jobs).Describe(new("Jobs, oldest first")
        {
            Answers = [Answer.Json<JobListResponse>($"All of them; at most {JobBoard.Limit}.")],
        });
        app.MapPost("/v1/jobs", Create).Needs(Scope.Jobs).Describe(new("Makes all of a source at once")
        {
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<CreateJobRequest>("source"),
            Answers = [Answer.Json<JobResponse>("The job.", StatusCodes.Status201Created)],
            Refuses = [404, 409, 410, 422, 429, 507],
        });
        app.MapMethods("/v1/jobs/{id}", SourceEndpoints.Reading, Detail).Needs(Scope.Jobs).Describe(new("One job, and how far it is")
        {
            Asks = [Id],
            Answers = [Answer.Json<JobResponse>("As it is now.")],
            Refuses = [404],
        });
        app.MapDelete("/v1/jobs/{id}", DeleteAsync).Needs(Scope.Jobs).Describe(new("Ends a job and removes what it made")
        {
            Asks = [Id],
            Answers = [Answer.Nothing("It is gone.")],
            Refuses = [404, 507],
        });
        app.MapGet("/v1/jobs/{id}/events", Events).Needs(Scope.Jobs).Describe(new("The same as server-sent events, until the job ends")
        {
            More = "The data of each is the whole job as JSON.",
            Asks = [Id, Asked.Header("Last-Event-ID", "The last that was heard: of a job that has ended, it is answered by 204.")],
            Answers = [Answer.Bytes("text/event-stream", "An event whenever something changed, at most four a second."), Answer.Nothing("There is no more to tell.")],
            Refuses = [404, 503],
        });
    }

    private static Ok<JobListResponse> List(JobBoard board, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new JobListResponse([.. board.All.Select(job => job.Look().Response)]));
    }

    /// <summary>Asked twice with one <c>Idempotency-Key</c>, there is one job; another body under the same key is a
    /// mistake (422).</summary>
    private static Results<Created<JobResponse>, ProblemHttpResult> Create(
        CreateJobRequest request, HttpRequest http, SourceLookup sources, JobBoard board, KeyMeter meter)
    {
        if (!IdempotencyKey.TryRead(http, out string? key))
        {
            return Problem.BadRequest(IdempotencyKey.Mistake);
        }

        if (request.Source is not { Length: > 0 } id || request.Renditions is { Count: 0 or > MostRenditions })
        {
            return Problem.BadRequest("source must be a source's id, and renditions, where given, names of its rungs.");
        }

        try
        {
            PlayableSource source = sources.LookPlayable(id);
            Source entry = sources.Find(id);
            Ladder ladder = RenditionChoice.Of(source.Ladder, request.Renditions, codecs: null);
            if (key is null || board.All.All(job => job.Record.IdempotencyKey != key))
            {
                meter.Spend(http.HttpContext.Caller(), (long)source.Description.Grid.Duration.TotalMilliseconds * ladder.AllRenditions.Count());
            }

            if (board.Create(source, entry.Bytes!.Place, entry.Title, request.Renditions, ladder, key) is not { } job)
            {
                return Problem.Of(StatusCodes.Status409Conflict, $"The box holds {JobBoard.Limit} jobs: delete one first.");
            }

            return job.Record.Sheet.DifferencesTo(JobSheet.Of(source, ladder)).Any()
                ? Problem.Of(StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Contradiction)
                : TypedResults.Created($"/v1/jobs/{job.Id}", job.Look().Response);
        }
        catch (UsageException exception)
        {
            return Problem.BadRequest(exception.Message);
        }
        catch (Exception exception) when (exception is IOException and not SourceGoneException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"The job cannot be written down. {OutputException.Of(exception).Message}");
        }
    }

    private static Ok<JobResponse> Detail(string id, JobBoard board, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Find(board, id).Look().Response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, JobBoard board, HttpContext context, AuditTrail trail)
    {
        Job job = Find(board, id);
        trail.Write(context, "job deleted", $"{id}: {job.Record.Title}");
        try
        {
            await board.DeleteAsync(job);
            return TypedResults.NoContent();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"The job cannot be deleted. {OutputException.Of(exception).Message}");
        }
    }

    private static JobEventsResult Events(
        string id, JobBoard board, JobListeners listeners, TimeProvider time, IHostApplicationLifetime lifetime) =>
        new(Find(board, id), listeners, time, lifetime.ApplicationStopping);

    private static Job Find(JobBoard board, string id) =>
        board.Find(id) ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such job.");
}
