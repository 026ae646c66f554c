using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Sources.Watching;

/// <summary>What is served, for its owner: it names paths.</summary>
internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/library", Show).Needs(Scope.Library);
        app.MapPost("/v1/sources", AddAsync).Needs(Scope.Library);
        app.MapDelete("/v1/library/{id}", RemoveAsync).Needs(Scope.Library);
    }

    private static LibraryResponse Show(ServedPaths served, SourceLibrary library, SourceIntake intake, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        IReadOnlyList<Source> sources = library.All;
        return new(
            [.. served.All.Select(path => new ServedPathResponse(path.Id, path.Path, path.IsAdded, path.IsThere, path.Memory.Count, path.LookedAt, path.Notices?.Trouble))],
            sources.Count,
            sources.Count(source => source.State is SourceState.Probing),
            intake.Waiting);
    }

    /// <summary>Serves a file or folder from now on, also after the next start.</summary>
    private static async Task<Results<Accepted<AddSourceResponse>, ProblemHttpResult>> AddAsync(
        AddSourceRequest request, ServedPaths served, FolderWatch watch, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (request.Path is not { Length: > 0 } path || path.Contains('\0') || !Path.IsPathFullyQualified(path))
        {
            return Problem.BadRequest("path must be the absolute path of a file or folder of this box.");
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            return Problem.BadRequest($"There is no file or folder {path}.");
        }

        trail.Write(context, "served path added", full);
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

    /// <summary>Serves it no longer. Its files stay where they are.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string id, ServedPaths served, FolderWatch watch, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (served.All.FirstOrDefault(path => path.Id == id && path.IsAdded) is { } leaving)
        {
            trail.Write(context, "served path removed", leaving.Path);
        }

        if (served.Remove(id) is not { } removed)
        {
            return Problem.NotFound("There is no such path, or the command line names it: then start the box without it.");
        }

        await watch.LeaveAsync(removed, cancellationToken);
        return TypedResults.NoContent();
    }
}
