using System.IO.Enumeration;

namespace Appliance.Sources;

/// <summary>Which files of a folder are taken for videos or sound.</summary>
internal static class SourceFiles
{
    /// <summary>Files taken of one folder and all below it; more are left out and logged.</summary>
    public const int FolderLimit = 10_000;

    private const int DepthLimit = 32;

    /// <summary>Files that are looked at before the first by name are chosen.</summary>
    private const int EntryLimit = 10 * FolderLimit;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".3g2", ".3gp", ".asf", ".avi", ".divx", ".dv", ".f4v", ".flv", ".ivf", ".m2t", ".m2ts", ".m2v", ".m4v", ".mkv",
        ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".mxf", ".nut", ".obu", ".ogm", ".ogv", ".ps", ".rm", ".rmvb", ".ts",
        ".vob", ".webm", ".wmv", ".y4m",
        ".aac", ".ac3", ".aif", ".aiff", ".alac", ".ape", ".caf", ".eac3", ".flac", ".m4a", ".m4b", ".mka", ".mp2", ".mp3",
        ".oga", ".ogg", ".opus", ".tta", ".wav", ".wma", ".wv",
    };

    /// <summary>The files a path stands for, as they are now: the file itself whatever it is called, or a folder's; none where there is nothing.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="isLeftOut">Tells of a file or folder below it whether it is none of them; null where all are.</param>
    /// <returns>By their paths. Of a folder of more than <see cref="FolderLimit"/> the first by name, so that the next look finds the same.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static Dictionary<string, FileStamp> Stamps(string path, Func<string, bool>? isLeftOut = null) => FileStamp.Of(path) is { } file
        ? isLeftOut?.Invoke(path) == true ? [] : new() { [path] = file }
        : !Directory.Exists(path) ? []
        : Below(path, isLeftOut ?? (_ => false)).Take(EntryLimit).Where(found => found.Stamp is not null).OrderBy(found => found.Path, StringComparer.OrdinalIgnoreCase).Take(FolderLimit)
            .ToDictionary(found => found.Path, found => found.Stamp!.Value);

    /// <summary>Whether a file of that name is taken where its folder is served.</summary>
    public static bool IsMedia(string fileName) => IsMedia(fileName.AsSpan());

    /// <inheritdoc cref="IsMedia(string)"/>
    public static bool IsMedia(ReadOnlySpan<char> fileName) => Extensions.Contains(Path.GetExtension(fileName).ToString());

    private static FileSystemEnumerable<(string Path, FileStamp? Stamp)> Below(string folder, Func<string, bool> isLeftOut) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.ToFullPath() is var path && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                ? (path, FileStamp.Of(path))
                : (path, new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcDateTime)),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = DepthLimit,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && IsMedia(entry.FileName) && !isLeftOut(entry.ToFullPath()),

            // A link to a folder above would be walked for ever.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !isLeftOut(entry.ToFullPath()),
        };
}
