using System.Globalization;
using Appliance.Storage;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Playback;

/// <summary>Finished artifacts on disk, within a hard limit. Space is reserved before a byte is written, by removing what
/// was used the longest ago; where it cannot be had, the artifact is simply not kept.</summary>
/// <remarks>A file is called by its key's name and its length: <c>ab/ab12….65536</c>. A crash can leave a temporary file,
/// removed at the next start, or nothing: a name is only given to synced bytes. A file of another length than its name
/// says is none.</remarks>
internal sealed partial class SegmentStore
{
    private const long BlockBytes = 4096;

    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byName = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly CacheLimits _limits;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<SegmentStore> _logger;
    private long _usedBytes;
    private long _reservedBytes;
    private string? _failure;

    public SegmentStore(DataFolder data, CacheLimits limits, TimeProvider time, ILogger<SegmentStore> logger)
    {
        _folder = data.Cache;
        _limits = limits;
        _time = time;
        _logger = logger;
        try
        {
            Scan();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception);
        }
    }

    /// <summary>How the disk is used.</summary>
    public StoreStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(_byUse.Count, _usedBytes, LimitBytes(), _failure);
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
        LinkedListNode<Entry>? node;
        bool touch;
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out node))
            {
                return null;
            }

            DateTimeOffset now = _time.GetUtcNow();
            touch = now - node.Value.TouchedAt > TouchEvery;
            node.Value.TouchedAt = touch ? now : node.Value.TouchedAt;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
        }

        string path = PathOf(name, node.Value.Length);
        try
        {
            SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) == node.Value.Length)
            {
                if (touch)
                {
                    Touch(path);
                }

                return new(file, node.Value.Length);
            }

            file.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }

        lock (_gate)
        {
            Drop(node);
        }

        DurableFile.RemoveQuietly(path);
        return null;
    }

    /// <summary>Keeps an artifact, if there is room and the disk takes it.</summary>
    public void Keep(string name, IReadOnlyList<ReadOnlyMemory<byte>> content)
    {
        long length = content.Sum(part => (long)part.Length);
        long occupied = Occupied(length);
        if (!TryReserve(occupied))
        {
            return;
        }

        bool written = false;
        try
        {
            string path = PathOf(name, length);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            written = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception);
        }

        lock (_gate)
        {
            _reservedBytes -= occupied;
            if (written && !_byName.ContainsKey(name))
            {
                Insert(new Entry(name, length) { TouchedAt = _time.GetUtcNow() });
                _failure = null;
            }
        }
    }

    private bool TryReserve(long bytes)
    {
        lock (_gate)
        {
            long limit = LimitBytes();
            if (bytes > limit)
            {
                return false;
            }

            while (_usedBytes + _reservedBytes + bytes > limit || _byUse.Count >= _limits.Entries)
            {
                if (_byUse.Last is not { } oldest || !TryDelete(oldest.Value))
                {
                    return false;
                }

                Drop(oldest);
            }

            _reservedBytes += bytes;
            return true;
        }
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

    private bool TryDelete(Entry entry)
    {
        try
        {
            File.Delete(PathOf(entry.Name, entry.Length));
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteFailure(exception);
            return false;
        }
    }

    private void Scan()
    {
        Directory.CreateDirectory(_folder);
        var found = new List<(Entry Entry, DateTime UsedAt)>();
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (Entry.TryParse(file.Name, out Entry? entry) && file.Length == entry.Length)
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
            foreach ((Entry entry, DateTime usedAt) in found.OrderBy(f => f.UsedAt))
            {
                entry.TouchedAt = usedAt;
                Insert(entry);
            }
        }

        // A quota made smaller, or a disk filled by others, holds from the start.
        TryReserve(0);
    }

    private void Insert(Entry entry)
    {
        _byName[entry.Name] = _byUse.AddFirst(entry);
        _usedBytes += Occupied(entry.Length);
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        if (_byName.Remove(node.Value.Name))
        {
            _byUse.Remove(node);
            _usedBytes -= Occupied(node.Value.Length);
        }
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

    private void NoteFailure(Exception exception)
    {
        bool news;
        lock (_gate)
        {
            news = _failure is null;
            _failure = "Finished segments cannot be kept: the disk is full, read-only or failing.";
        }

        if (news)
        {
            CannotKeep(_logger, exception.Message);
        }
    }

    private static long Occupied(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    private string PathOf(string name, long length) =>
        Path.Combine(_folder, name[..2], string.Create(CultureInfo.InvariantCulture, $"{name}.{length}"));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Finished segments cannot be kept, and are made anew each time (told once until it works again): {Reason}")]
    private static partial void CannotKeep(ILogger logger, string reason);

    /// <summary>A file of the cache.</summary>
    private sealed record Entry(string Name, long Length)
    {
        private const int NameDigits = 64;

        private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

        /// <summary>When the file's own time was last set, which is what a restart finds.</summary>
        public DateTimeOffset TouchedAt { get; set; }

        public static bool TryParse(string fileName, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Entry? entry)
        {
            entry = fileName.Length > NameDigits + 1
                && fileName[NameDigits] == '.'
                && !fileName.AsSpan(0, NameDigits).ContainsAnyExcept(HexDigits)
                && long.TryParse(fileName.AsSpan(NameDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                    ? new(fileName[..NameDigits], length)
                    : null;
            return entry is not null;
        }
    }
}
