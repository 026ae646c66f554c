using System.Security.Cryptography;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Sources.Remote;

/// <summary>Blocks of remote films on this box's disk, within a quota over all of them. Films are cut into extents of 16 blocks, each a file that holds those blocks of it that
/// came; where room is needed the extent unused the longest goes.</summary>
/// <remarks>Nothing is flushed, and a crash may leave any bytes: each block is kept with a digest that covers its film and its place too, and is given only where that is still
/// right. So a block that was half written, or lies in the wrong place, is one that is not there.</remarks>
internal sealed partial class OriginCache
{
    /// <summary>The unit in which workers read, and in which films are fetched and kept.</summary>
    public const int BlockBytes = 256 << 10;

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly long quota;
    private readonly ILogger<OriginCache> logger;
    private readonly Dictionary<(string Film, long Number), LinkedListNode<OriginExtent>> extents = [];
    private readonly LinkedList<OriginExtent> byUse = new();
    private bool hasFailed;

    /// <exception cref="UsageException">Its folder cannot be made or read.</exception>
    public OriginCache(DataFolder data, ApplianceOptions options, ILogger<OriginCache> logger)
    {
        folder = data.Origins;
        quota = options.OriginQuotaBytes;
        this.logger = logger;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.LastWriteTimeUtc))
            {
                TakeUp(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder {folder}, which keeps parts of remote films, cannot be used: {exception.Message}");
        }

        MakeRoom(0);
    }

    /// <summary>Bytes of blocks that may be kept.</summary>
    public long Quota => quota;

    /// <summary>Bytes of blocks kept.</summary>
    public long Used { get; private set; }

    /// <summary>How far ahead of a reader it makes sense to fetch, in blocks: nothing, where nothing can be kept.</summary>
    public int LongestAhead => hasFailed ? 0 : (int)Math.Min(64, quota / BlockBytes / 8);

    /// <summary>Names a film's blocks: other bytes at the same URL are another film's.</summary>
    public static string NameOf(OriginUrl url, OriginFace face) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"remote film 1\0{url.Text}\0{face.Validator}\0{face.Length}")));

    /// <summary>Bytes kept of a film.</summary>
    public long UsedBy(string film)
    {
        lock (gate)
        {
            return byUse.Where(extent => extent.Film == film).Sum(extent => extent.Kept);
        }
    }

    public bool Holds(string film, long block)
    {
        lock (gate)
        {
            return extents.TryGetValue((film, block / OriginExtent.Blocks), out LinkedListNode<OriginExtent>? node) && node.Value.Holds((int)(block % OriginExtent.Blocks));
        }
    }

    /// <summary>Gives a block that is kept and whole.</summary>
    /// <param name="film">As <see cref="NameOf"/> has it.</param>
    /// <param name="block">Its number.</param>
    /// <param name="length">In bytes: less than others only for a film's last.</param>
    /// <returns>Null where it is not there, or not what it was.</returns>
    public byte[]? Read(string film, long block, int length)
    {
        OriginExtent extent;
        lock (gate)
        {
            if (!extents.TryGetValue((film, block / OriginExtent.Blocks), out LinkedListNode<OriginExtent>? node) || !node.Value.Holds((int)(block % OriginExtent.Blocks)))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddLast(node);
            extent = node.Value;
        }

        // Outside the lock: where the extent goes meanwhile, its file is missing or still open, and both are seen.
        if (extent.Read((int)(block % OriginExtent.Blocks), length) is { } bytes)
        {
            return bytes;
        }

        Forget(extent, block);
        return null;
    }

    /// <summary>Keeps a block as well as it can: a full disk costs only that it is fetched again.</summary>
    public void Keep(string film, long block, ReadOnlySpan<byte> bytes)
    {
        OriginExtent extent;
        lock (gate)
        {
            if (bytes.Length > quota || !MakeRoom(bytes.Length))
            {
                return;
            }

            extent = Find(film, block / OriginExtent.Blocks);

            // Counted before it is written, so that two at once do not pass the quota together.
            Used += bytes.Length;
        }

        try
        {
            extent.Write((int)(block % OriginExtent.Blocks), bytes);
            Kept(extent, block, bytes.Length);
            hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            lock (gate)
            {
                Used -= bytes.Length;
            }

            if (!hasFailed)
            {
                NotKept(logger, exception.Message);
            }

            hasFailed = true;
        }
    }

    /// <summary>Removes all that is kept of a film.</summary>
    public void Remove(string film)
    {
        lock (gate)
        {
            foreach (OriginExtent extent in byUse.Where(extent => extent.Film == film).ToList())
            {
                Drop(extent);
            }
        }

        OriginExtent.RemoveFolder(Path.Combine(folder, film));
    }

    private void Kept(OriginExtent extent, long block, int length)
    {
        lock (gate)
        {
            bool isThere = extents.TryGetValue((extent.Film, extent.Number), out LinkedListNode<OriginExtent>? node) && node.Value == extent;
            if (!isThere || !extent.Add((int)(block % OriginExtent.Blocks), length))
            {
                // It was removed meanwhile, or the same block was kept twice.
                Used -= length;
            }

            if (!isThere)
            {
                extent.Delete();
            }
        }
    }

    private OriginExtent Find(string film, long number)
    {
        if (extents.TryGetValue((film, number), out LinkedListNode<OriginExtent>? known))
        {
            byUse.Remove(known);
            byUse.AddLast(known);
            return known.Value;
        }

        var extent = new OriginExtent(folder, film, number);
        extents[(film, number)] = byUse.AddLast(extent);
        return extent;
    }

    private void TakeUp(FileInfo file)
    {
        if (OriginExtent.TakeUp(folder, file) is not { Kept: > 0 } extent)
        {
            DurableFile.RemoveQuietly(file.FullName);
            return;
        }

        extents[(extent.Film, extent.Number)] = byUse.AddLast(extent);
        Used += extent.Kept;
    }

    /// <summary>Under the lock.</summary>
    /// <returns>False where that much room cannot be had.</returns>
    private bool MakeRoom(long bytes)
    {
        while (Used + bytes > quota && byUse.First is { } oldest)
        {
            Drop(oldest.Value);
        }

        return Used + bytes <= quota;
    }

    private void Drop(OriginExtent extent)
    {
        extents.Remove((extent.Film, extent.Number), out LinkedListNode<OriginExtent>? node);
        byUse.Remove(node!);
        Used -= extent.Kept;
        extent.Delete();
    }

    private void Forget(OriginExtent extent, long block)
    {
        lock (gate)
        {
            if (extents.TryGetValue((extent.Film, extent.Number), out LinkedListNode<OriginExtent>? node) && node.Value == extent)
            {
                Used -= extent.Forget((int)(block % OriginExtent.Blocks));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parts of remote films cannot be kept, and are fetched again when they are needed: {Reason}")]
    private static partial void NotKept(ILogger logger, string reason);
}
