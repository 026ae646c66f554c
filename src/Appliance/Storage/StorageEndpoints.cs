using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Jobs;
using Appliance.Jobs.Batch;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Appliance.Uploads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Storage;

/// <summary>The disk, for the box's owner.</summary>
internal static class StorageEndpoints
{
    public static void AddStorage(this IServiceCollection services) => services.ConfigureHttpJsonOptions(
        json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StorageJson.Default));

    public static void MapStorage(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/storage", SourceEndpoints.Reading, Show).Needs(Scope.Owner).Describe(new("How the disk is used")
        {
            Answers = [Answer.Json<StorageResponse>("As it is now.")],
        });
        app.MapDelete("/v1/cache", Clear).Needs(Scope.Owner).Describe(new("Removes finished segments, also while somebody plays")
        {
            Answers = [Answer.Json<CacheCleared>("What was removed.")],
            Refuses = [507],
        });
    }

    private static Ok<StorageResponse> Show(
        DataFolder data, SegmentStore store, OutputSpace made, JobBoard jobs, UploadStore uploads, OriginCache origins, RemoteFilms remotes, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        StoreStatus cache = store.Status;
        (long? size, long? free) = Disk(data.Path);
        IReadOnlyList<Upload> all = uploads.All;
        return TypedResults.Ok(new StorageResponse(
            data.Path,
            size,
            free,
            [
                new("cache", cache.UsedBytes, cache.LimitBytes, cache.Entries, cache.Failure),
                new("jobs", made.UsedBytes, made.LimitBytes, jobs.All.Count, null),
                new("uploads", all.Sum(upload => upload.Offset), uploads.Quota, all.Count, null),
                new("origins", origins.Used, origins.Quota, remotes.All.Count, null),
            ]));
    }

    /// <summary>Removes finished segments. Players notice nothing but that what they ask for is made anew: the bytes are the same.</summary>
    private static Results<Ok<CacheCleared>, ProblemHttpResult> Clear(SegmentStore store, HttpContext context, AuditTrail trail)
    {
        trail.Write(context, "cache cleared");
        (int entries, long bytes, string? trouble) = store.Clear();
        return trouble is null
            ? TypedResults.Ok(new CacheCleared(entries, bytes))
            : Problem.Of(StatusCodes.Status507InsufficientStorage, $"{entries} segments were removed, and then no more: {trouble}");
    }

    private static (long? Size, long? Free) Disk(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }
}
