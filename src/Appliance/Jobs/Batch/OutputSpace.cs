namespace Appliance.Jobs.Batch;

/// <summary>Disk space that several folders share, under a hard limit that is taken from before a byte is written.</summary>
/// <param name="limitBytes">In whole blocks of the file system.</param>
/// <param name="disk">A folder on the disk that is never filled up, for the box keeps its ledger there; null where a
/// person chose the folder, and what the disk has is theirs.</param>
internal sealed class OutputSpace(long limitBytes, string? disk = null)
{
    /// <summary>Left free of a disk: the ledger grows by less in a year of work.</summary>
    public const long LeftFreeBytes = 128L << 20;

    private const long BlockBytes = 4096;

    private long _usedBytes;

    /// <summary>The limit of a folder that a person chose: what the disk has.</summary>
    public static OutputSpace Unlimited => new(long.MaxValue);

    public long LimitBytes => limitBytes;

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>What a file of <paramref name="length"/> bytes takes of the disk.</summary>
    public static long Occupied(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <exception cref="OutputException">There is no more.</exception>
    public void Take(long bytes)
    {
        if (disk is not null && Free(disk) - bytes < LeftFreeBytes)
        {
            throw new OutputException("The disk is full: the last of it is left for the box itself.");
        }

        if (Interlocked.Add(ref _usedBytes, bytes) > limitBytes)
        {
            Release(bytes);
            throw new OutputException($"The space for jobs is used up: {limitBytes >> 20} MiB.");
        }
    }

    /// <summary>Counts what is there already, over the limit or not.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _usedBytes, bytes);

    public void Release(long bytes) => Interlocked.Add(ref _usedBytes, -bytes);

    private static long Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }
}
