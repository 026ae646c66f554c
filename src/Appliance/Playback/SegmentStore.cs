using Appliance.Storage;

namespace Appliance.Playback;

/// <summary>Finished artifacts on disk, within a hard limit. Space is reserved before a byte is written, by removing what
/// is worth the least (<see cref="EvictionOrder"/>); where it cannot be had, the artifact is simply not kept.</summary>
/// <remarks>A crash can leave a temporary file, removed at the next start, or nothing: a name is only given to synced bytes.
/// A file of another length than its name says is none. A disk that is full, read-only or failing costs making things
/// again, and is told once until it works again.</remarks>
internal sealed partial class SegmentStore
{
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private const int ClearedAtOnce = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredEntry> _byName = [];
    private readonly EvictionOrder _order = new();
    private readonly KeptFiles _files;
    private readonly CacheLimits _limits;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<SegmentStore> _logger;
    private long _usedBytes;
    private long _reservedBytes;
    private int _reservedEntries;
    private string? _failure;

    public SegmentStore(DataFolder data, KeptFiles files, CacheLimits limits, TimeProvider time, ILogger<SegmentStore> logger)
    {
        _folder = data.Cache;
        _files = files;
        _limits = limits;
        _time = time;
        _logger = logger;
        try
        {
            Scan();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception.Message);
        }
    }

    /// <summary>How the disk is used.</summary>
    public StoreStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(_order.Count, _usedBytes, LimitBytes(), _failure);
            }
        }
    }

    public bool Contains(string name)
    {
        lock (_gate)
        {
            return _byName.ContainsKey(name);
        }
    }

    /// <returns>Null where it is not kept, or what is kept is damaged.</returns>
    public StoredReader? TryOpen(string name)
    {
        StoredEntry? entry;
        bool touch;
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out entry))
            {
                return null;
            }

            DateTimeOffset now = _time.GetUtcNow();
            touch = now - entry.TouchedAt > TouchEvery;
            entry.TouchedAt = touch ? now : entry.TouchedAt;
            _order.Use(entry);
        }

        string path = PathOf(entry);
        if (_files.TryTake(path, entry.Length) is { } file)
        {
            if (touch)
            {
                Touch(path);
            }

            return new(file);
        }

        lock (_gate)
        {
            if (_order.Remove(entry))
            {
                Forget(entry);
            }
        }

        DurableFile.RemoveQuietly(path);
        return null;
    }

    /// <summary>Keeps an artifact, if there is room and the disk takes it.</summary>
    /// <param name="name">64 lower-case hexadecimal digits.</param>
    /// <param name="content">In order.</param>
    /// <param name="cost">Processor time that making it took.</param>
    public void Keep(string name, IReadOnlyList<ReadOnlyMemory<byte>> content, TimeSpan cost)
    {
        var entry = new StoredEntry(name, content.Sum(part => (long)part.Length), Math.Max(1, (long)cost.TotalMilliseconds));
        if (!TryReserve(entry.OccupiedBytes, entries: 1))
        {
            return;
        }

        bool written = false;
        try
        {
            string path = PathOf(entry);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            written = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception.Message);
        }

        lock (_gate)
        {
            _reservedBytes -= entry.OccupiedBytes;
            _reservedEntries--;
            if (written && TryInsert(entry))
            {
                entry.TouchedAt = _time.GetUtcNow();
                _failure = null;
            }
        }
    }

    /// <summary>Removes all that is kept now. Who reads a file goes on reading it; what is being made is kept when it is made.</summary>
    /// <returns>What was removed, and why something was not, for a person; null where all was.</returns>
    public (int Entries, long Bytes, string? Trouble) Clear()
    {
        int most = Status.Entries;
        int entries = 0;
        long bytes = 0;
        while (entries < most)
        {
            // A few at a time: who plays waits for the lock, and a full cache takes long to remove.
            lock (_gate)
            {
                for (int i = 0; i < ClearedAtOnce && entries < most; i++)
                {
                    if (_order.First is not { } least)
                    {
                        return (entries, bytes, null);
                    }

                    if (!TryDelete(least))
                    {
                        return (entries, bytes, "The disk does not let it go.");
                    }

                    _order.Remove(least);
                    Forget(least);
                    entries++;
                    bytes += least.OccupiedBytes;
                }
            }
        }

        return (entries, bytes, null);
    }

    private bool TryReserve(long bytes, int entries)
    {
        bool isDiskFull;
        lock (_gate)
        {
            long limit = LimitBytes();
            if (bytes <= limit)
            {
                return TryMakeRoom(bytes, entries, limit);
            }

            isDiskFull = limit < _limits.DiskBytes && bytes <= _limits.DiskBytes;
        }

        if (isDiskFull)
        {
            NoteFailure("There is no room left on the disk.");
        }

        return false;
    }

    private bool TryMakeRoom(long bytes, int entries, long limit)
    {
        while (_usedBytes + _reservedBytes + bytes > limit || _order.Count + _reservedEntries + entries > _limits.Entries)
        {
            if (_order.First is not { } least || !TryDelete(least))
            {
                return false;
            }

            _order.Evict(least);
            Forget(least);
        }

        _reservedBytes += bytes;
        _reservedEntries += entries;
        return true;
    }

    /// <summary>The quota, and never more than half of what this disk would have free without us.</summary>
    private long LimitBytes()
    {
        try
        {
            long free = new DriveInfo(_folder).AvailableFreeSpace;
            return Math.Min(_limits.DiskBytes, (free + _usedBytes) / 2);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }

    private bool TryDelete(StoredEntry entry)
    {
        try
        {
            File.Delete(PathOf(entry));
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception.Message);
            return false;
        }
    }

    private void Scan()
    {
        Directory.CreateDirectory(_folder);
        var found = new List<(StoredEntry Entry, DateTime UsedAt)>();
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (StoredEntry.TryParse(file.Name, out StoredEntry? entry) && file.Length == entry.Length)
            {
                found.Add((entry, file.LastWriteTimeUtc));
            }
            else
            {
                DurableFile.RemoveQuietly(file.FullName);
            }
        }

        lock (_gate)
        {
            foreach ((StoredEntry entry, DateTime usedAt) in found.OrderBy(f => f.UsedAt))
            {
                entry.TouchedAt = usedAt;
                TryInsert(entry);
            }
        }

        // A quota made smaller, or a disk filled by others, holds from the start.
        TryReserve(0, entries: 0);
    }

    /// <summary>Of one artifact kept twice, the first stays; the other may have cost another time, and so be another file.</summary>
    private bool TryInsert(StoredEntry entry)
    {
        if (_byName.TryGetValue(entry.Name, out StoredEntry? known))
        {
            if (known.RelativePath != entry.RelativePath)
            {
                DurableFile.RemoveQuietly(PathOf(entry));
            }

            return false;
        }

        _byName.Add(entry.Name, entry);
        _order.Add(entry);
        _usedBytes += entry.OccupiedBytes;
        return true;
    }

    /// <summary>After it left the order.</summary>
    private void Forget(StoredEntry entry)
    {
        // A file that is held open takes up its space, whatever became of its name.
        _files.Forget(PathOf(entry));
        _byName.Remove(entry.Name);
        _usedBytes -= entry.OccupiedBytes;
    }

    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void NoteFailure(string reason)
    {
        bool news;
        lock (_gate)
        {
            news = _failure is null;
            _failure = "Finished segments cannot be kept: the disk is full, read-only or failing.";
        }

        if (news)
        {
            CannotKeep(_logger, reason);
        }
    }

    private string PathOf(StoredEntry entry) => Path.Combine(_folder, entry.RelativePath);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Finished segments cannot be kept, and are made anew each time (told once until it works again): {Reason}")]
    private static partial void CannotKeep(ILogger logger, string reason);
}
