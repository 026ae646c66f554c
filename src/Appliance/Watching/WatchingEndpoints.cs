using Appliance.Access;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Watching;

/// <summary>How far films were watched, for whoever may play at home. A playback address leads to a film's files only, and never here.</summary>
internal static class WatchingEndpoints
{
    private static readonly Asked Film = Asked.Path("source", "The source's id, as the list has it.", "0d3cbb1fd4e7a1a5b6c2");

    public static void MapWatching(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/watching", SourceEndpoints.Reading, Show).Needs(Scope.Play).Describe(new("Films that are being watched at home, the last one first")
        {
            Answers = [Answer.Json<WatchingResponse>("At most 500.")],
        });
        app.MapPut("/v1/watching/{source}", Tell).Needs(Scope.Play).LimitBody().Describe(new("Says where somebody is in a film")
        {
            More = "Of two who tell of one film, the one that was there last is believed. A film that was seen to its last three percent leaves the list.",
            Asks = [Film],
            Takes = Taken.Json<WatchingRequest>("positionSeconds"),
            Answers = [Answer.Nothing("It is known, or something newer was.")],
            Refuses = [404, 409, 429],
        });
        app.MapDelete("/v1/watching/{source}", Forget).Needs(Scope.Play).Describe(new("Takes a film out of the list")
        {
            Asks = [Film],
            Answers = [Answer.Nothing("It is not in the list.")],
            Refuses = [429],
        });
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
            return Problem.Of(StatusCodes.Status404NotFound, "There is no such source.", ProblemCode.NoSuchSource);
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
