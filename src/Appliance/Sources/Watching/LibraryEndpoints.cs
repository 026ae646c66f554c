using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources.Remote;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Sources.Watching;

/// <summary>What is served, for its owner: it names paths.</summary>
internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/library", Show).Needs(Scope.Library).Describe(new("What is served, and how far it is looked through")
        {
            Answers = [Answer.Json<LibraryResponse>($"Paths of this box, at most {ServedPaths.Limit}, and films on other machines, at most {RemoteFilms.Limit}.")],
        });
        app.MapPost("/v1/sources", AddAsync).Needs(Scope.Library).TakesIdempotencyKey().Describe(new("Serves a file, a folder, or a film on another machine, from now on")
        {
            More = "Given twice, it is served once. What comes of it, the library tells.",
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<AddSourceRequest>(),
            Answers = [Answer.Json<AddSourceResponse>("It is being looked at.", StatusCodes.Status202Accepted)],
            Refuses = [409, 422, 507],
        });
        app.MapDelete("/v1/library/{id}", RemoveAsync).Needs(Scope.Library).Describe(new("Serves it no longer; its files stay where they are")
        {
            Asks = [Asked.Path("id", "As the library has it.")],
            Answers = [Answer.Nothing("It is served no longer.")],
            Refuses = [404],
        });
    }

    private static LibraryResponse Show(
        ServedPaths served, RemoteFilms remotes, OriginCache cache, SourceLibrary library, SourceIntake intake, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        IReadOnlyList<Source> sources = library.All;
        return new(
            [.. served.All.Select(path => new ServedPathResponse(path.Id, path.Path, path.IsAdded, path.IsThere, path.Memory.Count, path.LookedAt, path.Notices?.Trouble))],
            [.. remotes.All.Select(film => Remote(film, cache))],
            sources.Count,
            sources.Count(source => source.State is SourceState.Probing),
            intake.Waiting);
    }

    private static RemoteFilmResponse Remote(RemoteFilm film, OriginCache cache) => new(
        film.Id,
        film.Url.Text,
        film.Found?.Fingerprint[..Source.IdDigits],
        film.Found?.Face.Length,
        film.Found is { } found ? cache.UsedBy(OriginCache.NameOf(film.Url, found.Face)) : 0,
        film.SeenAt,
        film.Trouble);

    /// <summary>Serves a file, a folder or a film on another machine from now on, also after the next start.</summary>
    private static async Task<Results<Accepted<AddSourceResponse>, ProblemHttpResult>> AddAsync(
        AddSourceRequest request, ServedPaths served, FolderWatch watch, RemoteFilms remotes, OriginConnections connections, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (request.Url is not null)
        {
            return request.Path is null ? AddUrl(request.Url, remotes, connections, context, trail) : Problem.BadRequest("Either path or url is given, not both.");
        }

        if (request.Path is not { Length: > 0 } path || path.Contains('\0') || !Path.IsPathFullyQualified(path))
        {
            return Problem.BadRequest("path must be the absolute path of a file or folder of this box.");
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            return Problem.BadRequest($"There is no file or folder {path}.");
        }

        trail.Write(context, "source added", full);
        try
        {
            if (served.Add(full) is not { } added)
            {
                return Problem.Of(StatusCodes.Status409Conflict, $"No more than {ServedPaths.Limit} files and folders are served: take one away first, or add the folder that they are in.");
            }

            return TypedResults.Accepted("/v1/library", new AddSourceResponse(await watch.LookAsync(added, cancellationToken)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"That it is served cannot be written down: {exception.Message}");
        }
    }

    /// <summary>Nothing is asked of the other machine here: what comes of it, the library tells.</summary>
    private static Results<Accepted<AddSourceResponse>, ProblemHttpResult> AddUrl(
        string text, RemoteFilms remotes, OriginConnections connections, HttpContext context, AuditTrail trail)
    {
        if (!OriginUrl.TryParse(text, out OriginUrl? url, out string? why))
        {
            return Problem.BadRequest(why);
        }

        if (connections.WhyNot(url) is { } refusal)
        {
            return Problem.BadRequest(refusal);
        }

        trail.Write(context, "source added", url.Shown);
        try
        {
            if (remotes.Add(url) is not { } added)
            {
                return Problem.Of(StatusCodes.Status409Conflict, $"No more than {RemoteFilms.Limit} films of other machines are served: take one away first.");
            }

            added.Wake();
            return TypedResults.Accepted("/v1/library", new AddSourceResponse(1));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"That it is served cannot be written down: {exception.Message}");
        }
    }

    /// <summary>Serves it no longer. Its files stay where they are.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string id, ServedPaths served, FolderWatch watch, RemoteFilms remotes, RemoteIntake intake, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        if ((remotes.All.FirstOrDefault(film => film.Id == id)?.Url.Shown ?? served.All.FirstOrDefault(path => path.Id == id && path.IsAdded)?.Path) is { } leaving)
        {
            trail.Write(context, "source removed", leaving);
        }

        if (remotes.Remove(id) is { } film)
        {
            await intake.LeaveAsync(film);
            return TypedResults.NoContent();
        }

        if (served.Remove(id) is not { } removed)
        {
            return Problem.NotFound("There is no such path, or the command line names it: then start the box without it.");
        }

        await watch.LeaveAsync(removed, cancellationToken);
        return TypedResults.NoContent();
    }
}
