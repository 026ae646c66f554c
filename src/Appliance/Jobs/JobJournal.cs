using System.Text.Json;
using Appliance.Storage;

namespace Appliance.Jobs;

/// <summary>Jobs on disk: one folder each, with <c>job.json</c> and what is made in <c>output</c>.</summary>
/// <remarks>
/// In order, and what a crash leaves:
/// 1. a job is made by writing its file: before the rename there is a folder without a job, removed at the next start;
/// 2. its segments are written one by one, each whole or not there; the file does not change;
/// 3. it ends by the file's replacement; before it, the next start finds nothing left to make and ends it again;
/// 4. it is deleted by the removal of its file, then of its folder: a folder without a job again.
/// </remarks>
internal sealed partial class JobJournal(DataFolder data, ILogger<JobJournal> logger)
{
    private const string FileName = "job.json";

    /// <summary>A job's names and, at most, a thousand failures; megabytes of it are no job.</summary>
    private const long FileLimitBytes = 4 << 20;

    public string OutputOf(string id) => Path.Combine(FolderOf(id), "output");

    /// <summary>The jobs that are there, oldest first. What is not sound is left as it is and told.</summary>
    public IReadOnlyList<JobRecord> Load()
    {
        var records = new List<JobRecord>();
        if (!Directory.Exists(data.Jobs))
        {
            return records;
        }

        foreach (DirectoryInfo folder in new DirectoryInfo(data.Jobs).GetDirectories())
        {
            var file = new FileInfo(Path.Combine(folder.FullName, FileName));
            if (!file.Exists)
            {
                RemoveFolder(folder.FullName);
            }
            else if (Read(file) is { } record && record.Id == folder.Name)
            {
                records.Add(record);
            }
            else
            {
                Damaged(logger, file.FullName);
            }
        }

        return [.. records.OrderBy(record => record.CreatedAt).ThenBy(record => record.Id, StringComparer.Ordinal)];
    }

    /// <exception cref="IOException">The disk is full, read-only or failing; what was there is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public void Save(JobRecord record)
    {
        Directory.CreateDirectory(FolderOf(record.Id));
        DurableFile.Write(
            Path.Combine(FolderOf(record.Id), FileName),
            [JsonSerializer.SerializeToUtf8Bytes(record, JobsJson.Default.JobRecord)],
            UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <exception cref="IOException">The disk is read-only or failing; the job is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public void Delete(string id) => File.Delete(Path.Combine(FolderOf(id), FileName));

    /// <summary>Removes what a deleted job made; what cannot be removed now is at the next start.</summary>
    public void RemoveOutput(string id) => RemoveFolder(FolderOf(id));

    private string FolderOf(string id) => Path.Combine(data.Jobs, id);

    private static JobRecord? Read(FileInfo file)
    {
        try
        {
            return file.Length <= FileLimitBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), JobsJson.Default.JobRecord)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void RemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotRemoved(logger, folder, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job in {Path} cannot be read; it was left as it is")]
    private static partial void Damaged(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} cannot be removed: {Reason}")]
    private static partial void NotRemoved(ILogger logger, string folder, string reason);
}
