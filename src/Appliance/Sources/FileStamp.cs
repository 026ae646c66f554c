using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources;

/// <summary>By what a changed file is noticed.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="ModifiedAt">Last time of modification, UTC.</param>
internal readonly record struct FileStamp(long Length, DateTime ModifiedAt)
{
    public static FileStamp Of(SafeFileHandle file) =>
        new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    /// <returns>Null where there is no such file.</returns>
    public static FileStamp? Of(string path)
    {
        // One look at the file, and a second only where it is a link: this is asked with every request.
        var file = new FileInfo(path);
        if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : null;
    }
}
