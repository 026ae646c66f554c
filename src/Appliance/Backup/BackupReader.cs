using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace Appliance.Backup;

/// <summary>Unpacks a backup, and believes of it only what its manifest says too.</summary>
internal static class BackupReader
{
    private const int PathLimit = 1024;

    private const int BufferBytes = 1 << 16;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Modes that a backup may give: never more than reading for others, as settings that people write have.</summary>
    private const UnixFileMode Modes = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="archive">At its beginning.</param>
    /// <param name="target">An empty folder. What is there after a failure is of no use.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">It is no backup, cut off, damaged, or of a later version; the message says which.</exception>
    /// <exception cref="IOException">The target cannot be written to.</exception>
    public static async Task<BackupManifest> UnpackAsync(Stream archive, string target, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BackupEntry>(StringComparer.Ordinal);
        try
        {
            await using var tar = new TarReader(archive, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is not { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile })
                {
                    throw new FormatException($"It has something that is no file: {entry.Name}.");
                }

                if (entry.Name == BackupManifest.Name)
                {
                    return Compared(await ManifestAsync(entry, cancellationToken), found);
                }

                string path = PathOf(entry.Name);
                if (!found.TryAdd(path, await WriteAsync(entry, path, target, cancellationToken)))
                {
                    throw new FormatException($"It has {path} twice.");
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw new FormatException("It is cut off, or no backup.", exception);
        }

        throw new FormatException("It is cut off, or no backup.");
    }

    private static string PathOf(string name)
    {
        string path = name.StartsWith(BackupManifest.Root, StringComparison.Ordinal) ? name[BackupManifest.Root.Length..] : "";
        return path.Length is > 0 and <= PathLimit && !path.Contains('\0', StringComparison.Ordinal) && path.Split('/').All(part => part is not ("" or "." or ".."))
            ? path
            : throw new FormatException($"It has a name that no backup has: {name}.");
    }

    private static async Task<BackupEntry> WriteAsync(TarEntry entry, string path, string target, CancellationToken cancellationToken)
    {
        string file = Path.Combine(target, path);
        PrivateFolders.Make(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = (entry.Mode & Modes) | OwnerOnly;
        }

        await using var to = new FileStream(file, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        for (int read; entry.DataStream is { } data && (read = await data.ReadAsync(buffer, cancellationToken)) > 0; length += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        to.Flush(flushToDisk: true);
        return new(path, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<BackupManifest> ManifestAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Length > BackupManifest.LengthLimit || entry.DataStream is null)
        {
            throw new FormatException("Its list of files makes no sense.");
        }

        return await JsonSerializer.DeserializeAsync(entry.DataStream, BackupJson.Default.BackupManifest, cancellationToken) is { Files: not null } manifest
            ? manifest
            : throw new FormatException("Its list of files makes no sense.");
    }

    private static BackupManifest Compared(BackupManifest manifest, Dictionary<string, BackupEntry> found) =>
        manifest.Format != BackupManifest.CurrentFormat ? throw new FormatException($"It is of the format {manifest.Format}, made by version {manifest.Version}: use that, or a later one.")
        : manifest.Files.Count != found.Count ? throw new FormatException($"It lists {manifest.Files.Count} files, and has {found.Count}.")
        : manifest.Files.FirstOrDefault(file => found.GetValueOrDefault(file.Path) != file) is { } damaged ? throw new FormatException($"It is damaged: {damaged.Path} is not what was backed up.")
        : manifest;
}
