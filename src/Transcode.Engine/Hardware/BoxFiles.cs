using System.Globalization;

namespace Transcode.Engine.Hardware;

/// <summary>Reads what the kernel says of a box, under a root, so that a recorded box can be read like this one. What is not there, or may not be read, is null.</summary>
/// <param name="root">Folder that stands for <c>/</c>.</param>
/// <param name="sysfs">Folder that stands for <c>/sys</c>, where it is mounted elsewhere; null where it is below the root.</param>
public sealed class BoxFiles(string root, string? sysfs = null)
{
    private const string Sys = "sys/";

    /// <summary>Most names of a folder that are looked at.</summary>
    private const int MostNames = 1024;

    private const int MostBytes = 1 << 20;

    /// <summary>This box.</summary>
    public static BoxFiles Here { get; } = new("/");

    /// <param name="path">From the root, without a slash before it.</param>
    public bool Exists(string path) => Path.Exists(Full(path));

    /// <summary>Names in a folder, in order; empty where there is none.</summary>
    public IReadOnlyList<string> Names(string folder)
    {
        try
        {
            string path = Full(folder);
            return Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Take(MostNames).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public string? Text(string path)
    {
        try
        {
            string full = Full(path);
            if (!File.Exists(full))
            {
                return null;
            }

            using FileStream file = File.OpenRead(full);
            byte[] bytes = new byte[MostBytes];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return System.Text.Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The first line, without blanks around it.</summary>
    public string? Line(string path) => Text(path)?.Split('\n', 2)[0].Trim('\0', ' ', '\t', '\r');

    /// <summary>The first line as a number.</summary>
    public long? Number(string path) => long.TryParse(Line(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>What a link points to, by its last name.</summary>
    public string? LinkName(string path)
    {
        try
        {
            // A recorded box has a file with the name in place of the link.
            return new FileInfo(Full(path)) is { LinkTarget: { } target } ? Path.GetFileName(target) : Line(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Full(string path) =>
        sysfs is not null && path.StartsWith(Sys, StringComparison.Ordinal) ? Path.Combine(sysfs, path[Sys.Length..]) : Path.Combine(root, path);
}
