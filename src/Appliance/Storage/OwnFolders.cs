namespace Appliance.Storage;

/// <summary>Which files are the box's own, seen from a folder that is served: what jobs make, what is kept and what comes in would else be taken for films, made again, and
/// taken again. Films that somebody keeps beside them in the data folder are films.</summary>
internal sealed class OwnFolders
{
    private readonly string[] own;

    public OwnFolders(DataFolder data)
    {
        string real = Real(data.Path);
        own = [.. new[] { data.Cache, data.Jobs, data.Uploads, data.Origins, data.Descriptions, data.Access, data.Epochs, data.Profiles, data.Keys, data.Log }
            .Select(folder => Path.Combine(real, Path.GetFileName(folder)))];
        Data = real;
    }

    /// <summary>The data folder, by its real name.</summary>
    private string Data { get; }

    /// <summary>What to leave out of a folder.</summary>
    /// <param name="served">A file or folder that is served, by whatever name: links on the way are followed.</param>
    /// <returns>Tells of a path below it, as it is found there, whether it is the box's own.</returns>
    public Func<string, bool> SeenFrom(string served)
    {
        string real = Real(served);
        if (real != Data && !IsBelow(real, Data) && !IsBelow(Data, real))
        {
            return _ => false;
        }

        int start = Path.TrimEndingDirectorySeparator(served).Length;
        return path =>
        {
            string there = real + path[Math.Min(start, path.Length)..];
            return Array.Exists(own, folder => there == folder || IsBelow(there, folder));
        };
    }

    /// <summary>The same of a change that the kernel tells of: the box's own files beside these folders, as its ledger, change all the time.</summary>
    public Func<string, bool> ChangesSeenFrom(string served, Func<string, bool> isMedia)
    {
        string real = Real(served);
        int start = Path.TrimEndingDirectorySeparator(served).Length;
        Func<string, bool> isOwn = SeenFrom(served);
        return path => isOwn(path) || (Path.GetDirectoryName(real + path[Math.Min(start, path.Length)..]) == Data && !isMedia(path) && !Directory.Exists(path));
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A path without links in it, as far as it is there.</summary>
    private static string Real(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string here = Path.Combine(Real(parent), Path.GetFileName(full));
        try
        {
            return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : here;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return here;
        }
    }
}
