using System.Globalization;
using System.Text.Json;
using Appliance.Storage;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Uploads;

/// <summary>A film that comes in pieces: a folder with what it is, its bytes, and how many of them are sure. One request writes at a time.</summary>
/// <remarks>How many are sure is written down durably after the bytes were flushed, and told after that. What lies behind them was never acknowledged, and is written over. A
/// folder that a power cut takes away whole was begun moments before; the client then begins again.</remarks>
internal sealed class Upload : IDisposable
{
    /// <summary>The film's bytes within the folder.</summary>
    public const string FilmName = "film";

    private const string RecordName = "upload.json";

    private const string OffsetName = "offset";

    private readonly SemaphoreSlim writer = new(1, 1);
    private readonly string folder;

    private Upload(string folder, UploadRecord record, long offset, DateTimeOffset changedAt)
    {
        this.folder = folder;
        Record = record;
        Offset = offset;
        ChangedAt = changedAt;
    }

    public string Id => Path.GetFileName(folder);

    public UploadRecord Record { get; }

    /// <summary>Bytes that are sure.</summary>
    public long Offset { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsWhole => Offset == Record.Length;

    public string Film => Path.Combine(folder, FilmName);

    /// <exception cref="IOException">It cannot be written down; nothing is left of it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static Upload Create(string folder, UploadRecord record, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.Create(Path.Combine(folder, FilmName)).Dispose();
            DurableFile.Write(
                Path.Combine(folder, RecordName), [JsonSerializer.SerializeToUtf8Bytes(record, UploadsJson.Default.UploadRecord)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new(folder, record, 0, now);
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    /// <summary>Finds one of an earlier start.</summary>
    /// <returns>Null where the folder holds none that could go on.</returns>
    public static Upload? Open(string folder)
    {
        try
        {
            UploadRecord? record = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RecordName)), UploadsJson.Default.UploadRecord);
            string sure = Path.Combine(folder, OffsetName);
            long offset = File.Exists(sure) ? long.Parse(File.ReadAllText(sure), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
            string film = Path.Combine(folder, FilmName);
            return record is { Length: > 0, Title.Length: > 0 } && offset <= record.Length && new FileInfo(film) is { Exists: true } file && file.Length >= offset
                ? new(folder, record, offset, File.Exists(sure) ? File.GetLastWriteTimeUtc(sure) : Directory.GetLastWriteTimeUtc(folder))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Removes what there is of one.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is removed at the next start.
        }
    }

    /// <returns>False where another request writes.</returns>
    public bool TryBegin() => writer.Wait(0);

    /// <summary>Waits until nobody writes.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => writer.WaitAsync(cancellationToken);

    public void End() => writer.Release();

    /// <exception cref="IOException">It cannot be opened.</exception>
    public SafeFileHandle OpenFilm() => File.OpenHandle(Film, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);

    /// <summary>Makes bytes sure.</summary>
    /// <param name="film">Where they were written.</param>
    /// <param name="offset">The end of them.</param>
    /// <param name="now">What time it is.</param>
    /// <exception cref="IOException">The disk did not take them; nothing has changed.</exception>
    public void Secure(SafeFileHandle film, long offset, DateTimeOffset now)
    {
        if (offset == Record.Length)
        {
            // A longer attempt may have left bytes behind the end.
            RandomAccess.SetLength(film, offset);
        }

        RandomAccess.FlushToDisk(film);
        DurableFile.Write(
            Path.Combine(folder, OffsetName), [System.Text.Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture))], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Offset = offset;
        ChangedAt = now;
    }

    public void Remove() => Remove(folder);

    public void Dispose() => writer.Dispose();
}
