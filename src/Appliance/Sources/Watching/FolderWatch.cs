using Appliance.Storage;

namespace Appliance.Sources.Watching;

/// <summary>Keeps the library like the folders that are served: files that come, change, move or go are noticed within seconds where the kernel tells of them, and within minutes
/// elsewhere. A folder that is away, as on a disk that was pulled out, keeps its sources: it may come back.</summary>
internal sealed partial class FolderWatch(
    ServedPaths served, SourceIntake intake, SourceLibrary library, OwnFolders own, TimeProvider time, ILogger<FolderWatch> logger) : BackgroundService
{
    /// <summary>From one look to the next, where nothing is heard.</summary>
    public static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(5);

    /// <summary>How long a file must stay as it is to count as whole; and so long changes are gathered.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim awoken = new(0, 1);
    private readonly SemaphoreSlim looking = new(1, 1);

    public override void Dispose()
    {
        foreach (ServedPath path in served.All)
        {
            path.Notices?.Dispose();
        }

        awoken.Dispose();
        looking.Dispose();
        base.Dispose();
    }

    /// <summary>Looks at all that is served, before anything else does.</summary>
    /// <returns>How many files were offered.</returns>
    public int LookAtAll() => served.All.Sum(path => Look(path).Offered);

    /// <summary>Has the folders looked at soon.</summary>
    public void Wake()
    {
        try
        {
            awoken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or the box ends.
        }
    }

    /// <summary>Looks at one path now, and offers the library what it finds.</summary>
    /// <returns>How many files were offered.</returns>
    public async Task<int> LookAsync(ServedPath path, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            return Look(path).Offered;
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>Takes the sources of a path that is no longer served out of the library, but those that another path holds.</summary>
    public async Task LeaveAsync(ServedPath path, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            path.Notices?.Dispose();
            foreach (Source source in library.All.Where(source => source.Path is { } at && IsBelow(at, path.Path) && !served.All.Any(other => IsBelow(at, other.Path))))
            {
                library.Remove(source);
            }
        }
        finally
        {
            looking.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                bool isSettled = true;
                foreach (ServedPath path in served.All)
                {
                    await looking.WaitAsync(stoppingToken);
                    try
                    {
                        isSettled &= Look(path).IsSettled;
                    }
                    finally
                    {
                        looking.Release();
                    }
                }

                await WaitAsync(isSettled ? Rhythm : Settling, stoppingToken);
                await Task.Delay(Settling, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                NotLooked(logger, exception);
                await Task.Delay(Rhythm, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer timer = time.CreateTimer(_ => limit.Cancel(), null, longest, Timeout.InfiniteTimeSpan);
        try
        {
            await awoken.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is time.
        }
    }

    private (int Offered, bool IsSettled) Look(ServedPath path)
    {
        path.IsThere = File.Exists(path.Path) || Directory.Exists(path.Path);
        path.LookedAt = time.GetUtcNow();
        if (!path.IsThere)
        {
            path.Notices?.Dispose();
            path.Notices = null;
            return (0, true);
        }

        if (path.Notices is null && Directory.Exists(path.Path))
        {
            path.Notices = new(path.Path, own.ChangesSeenFrom(path.Path, SourceFiles.IsMedia), Wake);
        }

        Dictionary<string, FileStamp> present = SourceFiles.Stamps(path.Path, own.SeenFrom(path.Path));
        FolderLook look = path.Memory.Look(present);
        foreach (string gone in look.Gone)
        {
            Leave(gone);
        }

        int offered = 0;
        foreach (string file in look.Offer.TakeWhile(intake.TryOffer))
        {
            path.Memory.Offered(file, present[file]);
            offered++;
        }

        // What found no room in the queue is offered at the next look.
        return (offered, look.IsSettled && offered == look.Offer.Count);
    }

    private void Leave(string path)
    {
        foreach (Source source in library.All.Where(source => source.Path == path))
        {
            library.Remove(source);
            Gone(logger, path);
            if (source.Bytes is { } bytes)
            {
                foreach (ServedPath other in served.All)
                {
                    other.Memory.ForgetOfLength(bytes.Length);
                }

                Wake();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Gone: {Path}")]
    private static partial void Gone(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folders that are served could not be looked at")]
    private static partial void NotLooked(ILogger logger, Exception exception);
}
