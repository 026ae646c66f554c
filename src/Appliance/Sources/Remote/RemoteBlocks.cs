namespace Appliance.Sources.Remote;

/// <summary>Fetches blocks of one remote film: each once, however many wait for it, several side by side in one request, and ahead of readers who go forward. What a reader
/// waits for he is given from memory, so that it does not matter whether it could be kept. A request that breaks off is taken up where it broke.</summary>
internal sealed class RemoteBlocks(OriginUrl url, OriginFace face, OriginClient client, OriginCache cache, OriginLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>Blocks that may be on their way at once; a reader who wants another waits until one has come.</summary>
    private const int PendingLimit = 256;

    /// <summary>Without a block in so many stalls an origin is too slow, also where a few bytes come now and then.</summary>
    private const int StallsPerBlock = 4;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<long, TaskCompletionSource<byte[]>> pending = [];
    private readonly ReadAhead readers = new();
    private OriginException? lastFailure;
    private long failedAt;
    private bool isEnding;

    public string Film { get; } = OriginCache.NameOf(url, face);

    /// <summary>Why it is another film now; null while it is not.</summary>
    public string? Gone { get; private set; }

    public long Count => (face.Length + OriginCache.BlockBytes - 1) / OriginCache.BlockBytes;

    /// <exception cref="OriginException">It cannot be had, or not in time.</exception>
    /// <exception cref="SourceGoneException">It is another film now.</exception>
    public async Task<byte[]> GetAsync(long block, CancellationToken cancellationToken)
    {
        (byte[]? kept, Task<byte[]>? coming) = Take(block, isLast: false) ?? Take(block, isLast: true)!.Value;
        try
        {
            return kept ?? await coming!.WaitAsync(limits.Patience, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new OriginException("The origin did not answer in time.", isLate: true, mayPass: true, inner: exception);
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref isEnding, true))
        {
            ending.Cancel();
            ending.Dispose();
        }
    }

    /// <returns>A block, or the task of one that is on its way; null where it was kept in this moment, and this is not the last look.</returns>
    private (byte[]? Kept, Task<byte[]>? Coming)? Take(long block, bool isLast)
    {
        byte[]? kept = cache.Read(Film, block, LengthOf(block));
        lock (gate)
        {
            if (Gone is { } gone)
            {
                throw new SourceGoneException(gone);
            }

            if (kept is null && !isLast && !pending.ContainsKey(block) && cache.Holds(Film, block))
            {
                return null;
            }

            int ahead = readers.Note(block, cache.LongestAhead);
            if (kept is null)
            {
                return (null, Begin(block, ahead));
            }

            BeginAhead(block + 1, ahead);
            return (kept, null);
        }
    }

    private int LengthOf(long block) => (int)Math.Min(OriginCache.BlockBytes, face.Length - (block * OriginCache.BlockBytes));

    /// <summary>Under the lock: has a block fetched that somebody waits for, unless it is on its way.</summary>
    private Task<byte[]> Begin(long block, int ahead)
    {
        if (pending.TryGetValue(block, out TaskCompletionSource<byte[]>? coming))
        {
            BeginAhead(block + 1, ahead);
            return coming.Task;
        }

        if (lastFailure is { } failure && time.GetElapsedTime(failedAt) < limits.Rest)
        {
            return Task.FromException<byte[]>(failure);
        }

        if (pending.Count >= PendingLimit)
        {
            return Task.FromException<byte[]>(new OriginException("Too much of this film is on its way already.", isLate: true, mayPass: true));
        }

        return Start(block, 1 + ahead);
    }

    /// <summary>Under the lock: fetches what is missing ahead of a reader, when he has come half of the way to it.</summary>
    private void BeginAhead(long from, int ahead)
    {
        long missing = from;
        while (missing < from + ahead && missing < Count && (pending.ContainsKey(missing) || cache.Holds(Film, missing)))
        {
            missing++;
        }

        bool isResting = lastFailure is not null && time.GetElapsedTime(failedAt) < limits.Rest;
        if (!isResting && missing < Math.Min(Count, from + ahead) && missing <= from + (ahead / 2) && pending.Count + ahead <= PendingLimit)
        {
            Start(missing, (int)(from + ahead - missing));
        }
    }

    private Task<byte[]> Start(long first, int most)
    {
        // Without ranges all of it comes, and what lies before is passed over.
        long end = face.HasRanges ? Math.Min(first + Math.Max(1, most), Count) : Count;
        var run = new List<(long Block, TaskCompletionSource<byte[]> Coming)>();
        for (long block = first; block < end && !pending.ContainsKey(block) && (block == first || !cache.Holds(Film, block)); block++)
        {
            TaskCompletionSource<byte[]> coming = pending[block] = new(TaskCreationOptions.RunContinuationsAsynchronously);

            // Nobody may ever wait for what is fetched ahead.
            _ = coming.Task.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            run.Add((block, coming));
        }

        Task<byte[]> wanted = pending[first].Task;
        _ = Task.Run(() => FetchAsync(run, ending.Token));
        return wanted;
    }

    private async Task FetchAsync(List<(long Block, TaskCompletionSource<byte[]> Coming)> run, CancellationToken cancellationToken)
    {
        int done = 0;
        int failures = 0;
        byte[] block = new byte[OriginCache.BlockBytes];
        int filled = 0;
        while (done < run.Count)
        {
            try
            {
                long offset = (run[done].Block * OriginCache.BlockBytes) + (face.HasRanges ? filled : 0);
                long end = Math.Min((run[^1].Block + 1) * OriginCache.BlockBytes, face.Length);
                using OriginAnswer answer = await client.AskAsync(url, offset, end - offset, face, cancellationToken);
                if (!face.HasRanges)
                {
                    filled = 0;
                    await SkipAsync(answer, run[done].Block * OriginCache.BlockBytes, block, cancellationToken);
                }

                while (done < run.Count)
                {
                    await FillAsync();
                    Finish(run[done].Block, run[done].Coming, block.AsSpan(0, filled).ToArray());
                    (done, filled, failures) = (done + 1, 0, 0);
                }

                async Task FillAsync()
                {
                    long begun = time.GetTimestamp();
                    while (filled < LengthOf(run[done].Block))
                    {
                        filled += await answer.ReadAsync(block.AsMemory(filled, LengthOf(run[done].Block) - filled), cancellationToken);
                        if (time.GetElapsedTime(begun) > StallsPerBlock * limits.Stall)
                        {
                            throw new OriginException("The origin is too slow.", isLate: true);
                        }
                    }
                }
            }
            catch (OriginException exception) when (client.Pause(exception, failures) is { } pause)
            {
                failures++;
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                Fail(run.Skip(done), exception);
                return;
            }
        }
    }

    private static async Task SkipAsync(OriginAnswer answer, long bytes, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            bytes -= await answer.ReadAsync(buffer[..(int)Math.Min(buffer.Length, bytes)], cancellationToken);
        }
    }

    private void Finish(long number, TaskCompletionSource<byte[]> coming, byte[] bytes)
    {
        cache.Keep(Film, number, bytes);
        lock (gate)
        {
            pending.Remove(number);
            lastFailure = null;
        }

        coming.SetResult(bytes);
    }

    private void Fail(IEnumerable<(long Block, TaskCompletionSource<byte[]> Coming)> rest, Exception exception)
    {
        (long Block, TaskCompletionSource<byte[]> Coming)[] waiting = [.. rest];
        lock (gate)
        {
            foreach ((long block, _) in waiting)
            {
                pending.Remove(block);
            }

            switch (exception)
            {
                case SourceGoneException gone:
                    Gone = gone.Message;
                    break;
                case OriginException failure:
                    (lastFailure, failedAt) = (failure, time.GetTimestamp());
                    break;
                default:
                    break;
            }
        }

        foreach ((_, TaskCompletionSource<byte[]> coming) in waiting)
        {
            coming.SetException(exception);
        }
    }
}
