using System.Text.Json;
using Appliance.Sources;
using Appliance.Storage;

namespace Appliance.Watching;

/// <summary>The file of what is watched. One that is damaged is put aside under another name, and nothing of it is lost; one that cannot be read is left alone, and nothing is
/// written in its place until the next start.</summary>
internal sealed partial class WatchingShelf(DataFolder data, ILogger<WatchingShelf> logger)
{
    /// <summary>How a file's name ends that was put aside.</summary>
    public const string DamagedSuffix = ".damaged";

    /// <summary>Three times of what all entries come to.</summary>
    private const long LargestBytes = 256 << 10;

    private bool mayWrite = true;
    private bool hasTold;

    public IReadOnlyList<WatchedFilm> Read()
    {
        string path = data.Watching;
        try
        {
            if (!File.Exists(path))
            {
                return [];
            }

            if (new FileInfo(path).Length <= LargestBytes && Parse(File.ReadAllBytes(path)) is { } films)
            {
                return films;
            }

            File.Move(path, path + DamagedSuffix, overwrite: true);
            Damaged(logger, path + DamagedSuffix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mayWrite = false;
            NotRead(logger, path, exception.Message);
        }

        return [];
    }

    /// <returns>Whether it is written down; why not is logged once.</returns>
    public bool Write(IReadOnlyList<WatchedFilm> films)
    {
        if (!mayWrite)
        {
            return false;
        }

        try
        {
            DurableFile.Write(data.Watching, [JsonSerializer.SerializeToUtf8Bytes(new WatchingFile(films), WatchingJson.Default.WatchingFile)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            hasTold = false;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!hasTold)
            {
                NotWritten(logger, exception.Message);
            }

            hasTold = true;
            return false;
        }
    }

    private static IReadOnlyList<WatchedFilm>? Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, WatchingJson.Default.WatchingFile) is { Films: { Count: <= WatchingList.Limit } films } && films.All(IsWhole) ? films : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(WatchedFilm? film) => film is { Source.Length: Source.IdDigits, PositionSeconds: null or >= 0 };

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was watched is damaged and was put aside as {Path}; what is watched from now on is kept anew")]
    private static partial void Damaged(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}, which says what is watched, cannot be read, and nothing is kept there until the next start: {Reason}")]
    private static partial void NotRead(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is watched cannot be written down; it is tried again: {Reason}")]
    private static partial void NotWritten(ILogger logger, string reason);
}
