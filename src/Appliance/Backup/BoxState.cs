using Appliance.Uploads;

namespace Appliance.Backup;

/// <summary>What of a data folder is the box's state, and what it makes again or holds for a moment. What is not known here is state: a feature that comes later is in backups without being told of.</summary>
internal static class BoxState
{
    /// <summary>Folders of films, which are backed up where that is asked for.</summary>
    private const string Uploads = "uploads";

    private const string Jobs = "jobs";

    private const string JobFile = "job.json";

    /// <summary>Folders that the box fills again by itself.</summary>
    private static readonly string[] MadeAgain = ["cache", "origins", "descriptions", "samples"];

    /// <summary>How names end whose files mean nothing by themselves: leftovers of a crash, locks, and what SQLite works out anew.</summary>
    private static readonly string[] Passing = [".part", ".new", ".lock", "-shm", "doctor.trial"];

    /// <summary>The files of the state, by their paths below the folder, sorted. Links are not followed.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="IOException">It cannot be read, or files went while they were listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<string> Files(string folder) =>
    [
        .. Below(folder, path => !MadeAgain.Contains(path) && path != Uploads).Where(IsState).Order(StringComparer.Ordinal),
    ];

    /// <summary>The files of uploaded films that are whole, likewise: these change no more.</summary>
    /// <inheritdoc cref="Files"/>
    public static IReadOnlyList<string> Films(string folder) => Directory.Exists(Path.Combine(folder, Uploads))
        ?
        [
            .. Directory.EnumerateDirectories(Path.Combine(folder, Uploads)).Where(IsWhole)
                .SelectMany(upload => Below(upload, _ => false).Select(path => $"{Uploads}/{Path.GetFileName(upload)}/{path}")).Where(IsState).Order(StringComparer.Ordinal),
        ]
        : [];

    private static bool IsWhole(string folder)
    {
        using Upload? upload = Upload.Open(folder);
        return upload is { IsWhole: true };
    }

    private static bool IsState(string path)
    {
        string[] parts = path.Split('/');
        return !Passing.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
            && parts[^1] != "lock"
            && (parts[0] != Jobs || (parts.Length == 3 && parts[2] == JobFile));
    }

    private static IEnumerable<string> Below(string folder, Func<string, bool> enters, string prefix = "")
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(folder, prefix)).EnumerateFileSystemInfos())
        {
            string path = prefix.Length == 0 ? entry.Name : $"{prefix}/{entry.Name}";
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is FileInfo)
            {
                yield return path;
            }
            else if (enters(path))
            {
                foreach (string below in Below(folder, enters, path))
                {
                    yield return below;
                }
            }
        }
    }
}
