using Appliance.Access;
using Appliance.Problems;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Watching;

/// <summary>How far films were watched, for whoever may play at home. A playback address leads to a film's files only, and never here.</summary>
internal static class WatchingEndpoints
{
    public static void MapWatching(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/watching", SourceEndpoints.Reading, Show).Needs(Scope.Play);
        app.MapPut("/v1/watching/{source}", Tell).Needs(Scope.Play).LimitBody();
        app.MapDelete("/v1/watching/{source}", Forget).Needs(Scope.Play);
    }

    private static WatchingResponse Show(WatchingList list, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return new([.. list.ToContinue.Select(film => new WatchedFilmResponse(film.Source, film.PositionSeconds!.Value, film.WatchedAt))]);
    }

    /// <summary>What is known newer of the film stays, and that is no error: it is told by who comes late.</summary>
    private static Results<NoContent, ProblemHttpResult> Tell(string source, WatchingRequest request, WatchingList list, SourceLibrary library, WatchingBrake brake)
    {
        if (request.Mistake() is { } mistake)
        {
            return Problem.BadRequest(mistake);
        }

        if (!library.TryFind(source, out Source? found))
        {
            return Problem.NotFound("There is no such source.");
        }

        if (found.State is not SourceState.Ready { Description.Grid.Duration.TotalSeconds: var duration })
        {
            return Problem.Of(StatusCodes.Status409Conflict, "This source cannot be played, or not yet.");
        }

        Brake(brake);
        list.Watched(source, request.PositionSeconds!.Value, duration, TimeSpan.FromSeconds(request.SecondsAgo ?? 0));
        return TypedResults.NoContent();
    }

    private static NoContent Forget(string source, WatchingList list, WatchingBrake brake)
    {
        Brake(brake);
        list.Forget(source);
        return TypedResults.NoContent();
    }

    private static void Brake(WatchingBrake brake)
    {
        if (!brake.TryPass())
        {
            throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, "It is told too often what is watched.", retryAfterSeconds: 1);
        }
    }
}
