using System.IO.Enumeration;
using Appliance.Startup;

namespace Appliance.Sources;

/// <summary>Which files of a folder are taken for videos or sound.</summary>
internal static class SourceFiles
{
    /// <summary>Files taken of one folder and all below it; more are left out and logged.</summary>
    public const int FolderLimit = 10_000;

    private const int DepthLimit = 32;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".3g2", ".3gp", ".asf", ".avi", ".divx", ".dv", ".f4v", ".flv", ".ivf", ".m2t", ".m2ts", ".m2v", ".m4v", ".mkv",
        ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".mxf", ".nut", ".obu", ".ogm", ".ogv", ".ps", ".rm", ".rmvb", ".ts",
        ".vob", ".webm", ".wmv", ".y4m",
        ".aac", ".ac3", ".aif", ".aiff", ".alac", ".ape", ".caf", ".eac3", ".flac", ".m4a", ".m4b", ".mka", ".mp2", ".mp3",
        ".oga", ".ogg", ".opus", ".tta", ".wav", ".wma", ".wv",
    };

    /// <summary>The files a path of the command line or of a request stands for: the file itself whatever it is called,
    /// or a folder's, sorted by name.</summary>
    /// <exception cref="UsageException">There is nothing at the path.</exception>
    public static IReadOnlyList<string> At(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [full];
        }

        if (!Directory.Exists(full))
        {
            throw new UsageException($"There is no file or folder {path}.");
        }

        List<string> files = Below(full).Take(FolderLimit).ToList();
        files.Sort(StringComparer.OrdinalIgnoreCase);
        return files;
    }

    /// <summary>Whether a file of that name is taken where its folder is served.</summary>
    public static bool IsMedia(string fileName) => IsMedia(fileName.AsSpan());

    /// <inheritdoc cref="IsMedia(string)"/>
    public static bool IsMedia(ReadOnlySpan<char> fileName) => Extensions.Contains(Path.GetExtension(fileName).ToString());

    private static FileSystemEnumerable<string> Below(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = DepthLimit,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && IsMedia(entry.FileName),

            // A link to a folder above would be walked for ever.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}
