using System.Text.Json;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Sources.Watching;

/// <summary>What is served: what the command line names, and what the owner added, which is written down for the next start.</summary>
internal sealed class ServedPaths
{
    /// <summary>Files and folders; more are refused.</summary>
    public const int Limit = 1000;

    private readonly Lock gate = new();
    private readonly List<ServedPath> paths;
    private readonly string file;

    /// <exception cref="UsageException">What was written down cannot be read. It is left as it is: replaced unasked, the owner's library would be gone.</exception>
    public ServedPaths(DataFolder data, ApplianceOptions options)
    {
        file = data.Library;
        IEnumerable<ServedPath> named = options.Paths.Select(path => new ServedPath(Path.GetFullPath(path), isAdded: false));
        paths = [.. named.Concat(Read(file).Select(path => new ServedPath(path, isAdded: true))).DistinctBy(path => path.Path)];
    }

    public IReadOnlyList<ServedPath> All
    {
        get
        {
            lock (gate)
            {
                return [.. paths];
            }
        }
    }

    /// <summary>Adds a path, and writes that down.</summary>
    /// <param name="path">Absolute.</param>
    /// <returns>It, or the one that was there; null where there are too many.</returns>
    /// <exception cref="IOException">It cannot be written down; then it is not added.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public ServedPath? Add(string path)
    {
        lock (gate)
        {
            if (paths.Find(known => known.Path == path) is { } known)
            {
                return known;
            }

            if (paths.Count == Limit)
            {
                return null;
            }

            var added = new ServedPath(path, isAdded: true);
            Write([.. paths, added]);
            paths.Add(added);
            return added;
        }
    }

    /// <summary>Takes away one that was added.</summary>
    /// <returns>It; null where there is none of that id, or the command line names it.</returns>
    /// <exception cref="IOException">That cannot be written down; then it stays.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public ServedPath? Remove(string id)
    {
        lock (gate)
        {
            if (paths.Find(known => known.Id == id && known.IsAdded) is not { } removed)
            {
                return null;
            }

            Write([.. paths.Where(path => path != removed)]);
            paths.Remove(removed);
            return removed;
        }
    }

    private static IReadOnlyList<string> Read(string file)
    {
        try
        {
            LibraryFile? read = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), SourcesJson.Default.LibraryFile) : null;
            return [.. (read?.Paths ?? []).Where(Path.IsPathFullyQualified).Take(Limit)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{file}, which says what is served, cannot be read: {exception.Message} It was left as it is: mend it, or move it away.");
        }
    }

    private void Write(IEnumerable<ServedPath> served) => DurableFile.Write(
        file,
        [JsonSerializer.SerializeToUtf8Bytes(new LibraryFile([.. served.Where(path => path.IsAdded).Select(path => path.Path)]), SourcesJson.Default.LibraryFile)],
        UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
