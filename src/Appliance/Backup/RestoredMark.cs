using System.Globalization;
using System.Text.Json;
using Appliance.Storage;

namespace Appliance.Backup;

/// <summary>That a box was put back to an earlier day: its books wait until its owner says how they go on. A box that signed a hundred entries, was put back to ninety and
/// signed others would contradict itself before everybody who kept the hundred, and nothing that it has on its disk tells it whether it did.</summary>
/// <param name="At">The day it was put back to.</param>
/// <param name="PutAside">Where what is put aside goes, below the data folder, once that has begun; null before.</param>
internal sealed record RestoredMark(DateTimeOffset At, string? PutAside)
{
    private const int LengthLimit = 4096;

    /// <summary>Why there are no books, for the owner.</summary>
    public string Explanation => string.Create(
        CultureInfo.InvariantCulture,
        $"This box was restored from a backup of {At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and its books wait: if it signed nothing after that, stop it and say rewards go-on; if it did, or nobody knows, rewards begin-anew.");

    /// <returns>Null where the box was not restored, or its books go on.</returns>
    /// <exception cref="IOException">It is there and cannot be read, or is damaged: then nobody knows.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RestoredMark? Read(DataFolder data)
    {
        var file = new FileInfo(data.Restored);
        if (!file.Exists)
        {
            return null;
        }

        try
        {
            return (file.Length <= LengthLimit ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), BackupJson.Default.RestoredMark) : null) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new IOException($"{file.FullName} is damaged: rewards begin-anew, or restore the backup once more.", exception);
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder) => DurableFile.Write(
        Path.Combine(folder, DataFolder.RestoredName), [JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.RestoredMark)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
