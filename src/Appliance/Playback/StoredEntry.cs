using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Appliance.Playback;

/// <summary>A file of the cache. Its name says all that a restart has to know: <c>ab12….65536.840</c> is the artifact's name, its
/// length in bytes, and what it cost.</summary>
/// <param name="name">64 lower-case hexadecimal digits.</param>
/// <param name="length">In bytes.</param>
/// <param name="costMilliseconds">Processor time that making it took; at least 1.</param>
internal sealed class StoredEntry(string name, long length, long costMilliseconds)
{
    private const int NameDigits = 64;

    private const long BlockBytes = 4096;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public string Name => name;

    public long Length => length;

    public long CostMilliseconds => costMilliseconds;

    /// <summary>Folder and file, below the cache's own folder.</summary>
    public string RelativePath => Path.Combine(
        name[..2], string.Create(CultureInfo.InvariantCulture, $"{name}.{length}.{costMilliseconds}"));

    /// <summary>Disk space, in whole blocks.</summary>
    public long OccupiedBytes { get; } = (Math.Max(1, length) + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <summary>When the file's own time was last set, which is what a restart finds.</summary>
    public DateTimeOffset TouchedAt { get; set; }

    /// <summary>Where it stands in the order of eviction; belongs to that order.</summary>
    public EvictionRank Rank { get; set; }

    /// <summary>How often it was used since it came, or since the start.</summary>
    public int Uses { get; set; }

    public static bool TryParse(string fileName, [NotNullWhen(true)] out StoredEntry? entry)
    {
        entry = fileName.Split('.') is [{ Length: NameDigits } name, var length, var cost]
            && !name.AsSpan().ContainsAnyExcept(HexDigits)
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            && long.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds > 0
                ? new(name, bytes, milliseconds)
                : null;
        return entry is not null;
    }
}
