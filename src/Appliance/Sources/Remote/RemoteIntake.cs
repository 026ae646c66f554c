using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Transcode.Engine.Workers;

namespace Appliance.Sources.Remote;

/// <summary>Keeps the library like the films on other machines: looks each through when it is added, asks now and then whether it is still the same, and tries one that cannot be
/// had again and again. One that was looked through before is in the library at once, also where its origin is down.</summary>
internal sealed partial class RemoteIntake(
    RemoteFilms films, SourceLibrary library, SourceLooks looks, OriginClient client, OriginCache cache, OriginLimits limits, TimeProvider time, ILogger<RemoteIntake> logger)
    : BackgroundService
{
    /// <summary>Films looked through at once.</summary>
    private const int Concurrency = 2;

    /// <summary>Parts of one that are asked for at once while it is looked through.</summary>
    private const int PartsAtOnce = 4;

    /// <summary>From one question whether a film is still the same to the next.</summary>
    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(5);

    /// <summary>How soon one that could not be had is asked for again, the first time; then twice as long, up to the rhythm.</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);

    /// <summary>How soon it is seen that a film is gone from the library, as when the file that had its bytes went.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim atOnce = new(Concurrency);
    private readonly ConcurrentDictionary<RemoteFilm, Task> following = [];
    private CancellationToken stopping;

    public override void Dispose()
    {
        foreach (RemoteFilm film in films.All)
        {
            film.Dispose();
        }

        atOnce.Dispose();
        base.Dispose();
    }

    /// <summary>Ends a film that was taken away.</summary>
    public async Task LeaveAsync(RemoteFilm film)
    {
        film.Leave();
        if (following.TryRemove(film, out Task? task))
        {
            await task;
        }

        Forget(film);
        film.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        films.Added += Follow;
        foreach (RemoteFilm film in films.All)
        {
            Follow(film);
        }

        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        films.Added -= Follow;
        await Task.WhenAll(following.Values);
    }

    /// <summary>An id for what has no fingerprint yet.</summary>
    private static string UnreachableId(RemoteFilm film) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("unreachable\0" + film.Url.Text)))[..Source.IdDigits];

    private void Follow(RemoteFilm film) => following.GetOrAdd(film, _ => Task.Run(() => FollowAsync(film)));

    private async Task FollowAsync(RemoteFilm film)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, film.Leaving);
        TimeSpan retry = FirstRetry;
        try
        {
            if (film.Found is { } before)
            {
                await TakeInAsync(film, before, ending.Token);
            }

            while (true)
            {
                bool isWell = await LookAsync(film, ending.Token);
                await RestAsync(film, isWell ? Rhythm : retry, ending.Token);
                retry = isWell ? FirstRetry : TimeSpan.FromTicks(Math.Min(2 * retry.Ticks, Rhythm.Ticks));
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The box ends, or the film was taken away.
        }
        catch (Exception exception)
        {
            film.Trouble = "The appliance made a mistake; its log says more.";
            NotFollowed(logger, exception, film.Url.Shown);
        }
    }

    /// <returns>Whether the film is there and was taken in.</returns>
    private async Task<bool> LookAsync(RemoteFilm film, CancellationToken cancellationToken)
    {
        await atOnce.WaitAsync(cancellationToken);
        try
        {
            OriginFace face = await client.LookAsync(film.Url, cancellationToken);
            film.SeenAt = time.GetUtcNow();
            if (film.Found is not { } known || !known.Face.IsSame(face) || film.Blocks?.Gone is not null)
            {
                Forget(film);
                RemoteFilmFound found = new(await FingerprintAsync(film, face, cancellationToken), face);
                Write(film, found);
                await TakeInAsync(film, found, cancellationToken);
            }
            else if (film.Source is null || known.Face != face || NeedsAnotherLook(known))
            {
                Write(film, known with { Face = face });
                film.Source = null;
                await TakeInAsync(film, film.Found!, cancellationToken);
            }

            film.Trouble = null;
            return true;
        }
        catch (Exception exception) when (exception is OriginException or SourceGoneException)
        {
            if (film.Trouble != exception.Message)
            {
                Unreachable(logger, film.Url.Shown, exception.Message);
            }

            film.Trouble = exception.Message;
            if (film.Found is null)
            {
                var refused = new SourceState.Refused(new WorkFailure(FailureStage.Source, FailureCause.SourceUnreadable, exception.Message))
                {
                    Origin = exception as OriginException,
                };
                var source = new Source(UnreachableId(film), film.Url.Title, Bytes: null, refused) { UnreachableAt = film.Url };
                library.TryAdd(source);
                library.Update(source);
            }

            return false;
        }
        finally
        {
            atOnce.Release();
        }
    }

    /// <summary>Waits, and sees to it meanwhile that the film is in the library.</summary>
    private async Task RestAsync(RemoteFilm film, TimeSpan longest, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < longest)
        {
            if (await film.RestAsync(Tick, cancellationToken) || film.Blocks?.Gone is not null)
            {
                return;
            }

            if (film.Found is { } found && !library.TryFind(found.Fingerprint[..Source.IdDigits], out _))
            {
                await TakeInAsync(film, found, cancellationToken);
            }
        }
    }

    private bool NeedsAnotherLook(RemoteFilmFound found) =>
        library.TryFind(found.Fingerprint[..Source.IdDigits], out Source? source)
        && source.Bytes is RemoteSource
        && source.State is SourceState.Refused { Failure.Cause: FailureCause.SourceUnreadable or FailureCause.WorkerDied or FailureCause.WorkerHung or FailureCause.Overloaded };

    /// <summary>By the rule of files, so that a film is the same source wherever it lies. Of a long one few bytes are read, and not in blocks.</summary>
    private async Task<string> FingerprintAsync(RemoteFilm film, OriginFace face, CancellationToken cancellationToken)
    {
        if (!face.HasRanges && face.Length > cache.Quota / 2)
        {
            throw new OriginException("The origin gives no parts of the film (no ranges), and this box keeps too little of such films to take it whole: --origin-quota.");
        }

        using var blocks = new RemoteBlocks(film.Url, face, client, cache, limits, time);
        bool isSampled = face.Length > SourceFingerprint.WholeUpToBytes && face.HasRanges;
        return await SourceFingerprint.OfAsync(
            face.Length,
            async (offset, count) =>
            {
                if (isSampled && count == SourceFingerprint.BlockBytes)
                {
                    return await client.ReadAsync(film.Url, face, offset, count, cancellationToken);
                }

                byte[] bytes = new byte[count];
                await RemoteSource.ReadAsync(blocks, face, offset, bytes, cancellationToken);
                return bytes;
            },
            PartsAtOnce);
    }

    private async Task TakeInAsync(RemoteFilm film, RemoteFilmFound found, CancellationToken cancellationToken)
    {
        if (film.Source?.Fingerprint != found.Fingerprint || film.Blocks?.Gone is not null)
        {
            film.Blocks?.Dispose();
            film.Blocks = new(film.Url, found.Face, client, cache, limits, time);
            film.Source = new(film.Url, found.Face, found.Fingerprint, film.Blocks);
        }

        RemoveUnreachable(film);
        var source = new Source(found.Fingerprint[..Source.IdDigits], film.Url.Title, film.Source, new SourceState.Probing());
        if (!library.TryAdd(source))
        {
            if (!library.TryFind(source.Id, out Source? known) || (known.Bytes as RemoteSource)?.Url != film.Url)
            {
                // The same bytes are served from elsewhere, or the library is full.
                return;
            }

            library.Update(known with { Bytes = film.Source });
        }

        SourceState state = await looks.LookAsync(film.Source, cancellationToken);
        if (library.TryFind(source.Id, out Source? now))
        {
            library.Update(now with { State = state });
        }

        if (state is SourceState.Refused refused)
        {
            Refused(logger, film.Url.Shown, refused.Failure.Message);
        }
        else
        {
            Ready(logger, film.Url.Shown);
        }
    }

    /// <summary>Takes out of the library what the film was, and what was kept of it.</summary>
    private void Forget(RemoteFilm film)
    {
        RemoveUnreachable(film);
        if (film.Found is { } found)
        {
            if (library.TryFind(found.Fingerprint[..Source.IdDigits], out Source? source) && (source.Bytes as RemoteSource)?.Url == film.Url)
            {
                library.Remove(source);
            }

            cache.Remove(OriginCache.NameOf(film.Url, found.Face));
        }

        film.Found = null;
        film.Source = null;
    }

    private void RemoveUnreachable(RemoteFilm film)
    {
        if (library.TryFind(UnreachableId(film), out Source? unreachable))
        {
            library.Remove(unreachable);
        }
    }

    /// <summary>Where it cannot be written down, the next start finds it again.</summary>
    private void Write(RemoteFilm film, RemoteFilmFound found)
    {
        try
        {
            films.Note(film, found);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotWritten(logger, film.Url.Shown, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: {Url}")]
    private static partial void Ready(ILogger logger, string url);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused: {Url}: {Reason}")]
    private static partial void Refused(ILogger logger, string url, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not to be had: {Url}: {Reason}")]
    private static partial void Unreachable(ILogger logger, string url, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was found of {Url} cannot be written down: {Reason}")]
    private static partial void NotWritten(ILogger logger, string url, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Url} is followed no more")]
    private static partial void NotFollowed(ILogger logger, Exception exception, string url);
}
