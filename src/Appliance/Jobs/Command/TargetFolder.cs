using System.Text.Json;
using Appliance.Jobs.Batch;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Jobs.Command;

/// <summary>The folder that a person named for a result: whose it is, and whether a job may go on in it. One job at a time
/// holds it.</summary>
internal sealed class TargetFolder : IDisposable
{
    private const string SheetFile = "job.json";
    private const string LockFile = ".lock";

    private readonly string _path;
    private readonly FileStream _lock;

    private TargetFolder(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <exception cref="UsageException">It cannot be made, is not a job's, or another one works in it.</exception>
    /// <exception cref="OutputException">The disk is full or read-only.</exception>
    public static TargetFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            if (!File.Exists(Path.Combine(path, SheetFile))
                && Directory.EnumerateFileSystemEntries(path).Any(entry => !IsOwn(Path.GetFileName(entry))))
            {
                throw new UsageException($"{path} holds other files and no job: choose an empty folder.");
            }

            return new(path, new FileStream(Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (OutputException.IsOfTheDisk(exception))
        {
            throw OutputException.Of(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be used, or another job works in it: {exception.Message}");
        }
    }

    /// <summary>Takes the folder for a job, or goes on with the one that is there.</summary>
    /// <exception cref="UsageException">Another job is there; the message says what differs.</exception>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    public void Take(JobSheet sheet, bool restart)
    {
        JobSheet? there = Sheet();
        if (there is not null && restart)
        {
            Empty(there);
            there = null;
        }

        if (there is null)
        {
            try
            {
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(sheet, BatchJson.Default.JobSheet);
                DurableFile.Write(Path.Combine(_path, SheetFile), [json], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw OutputException.Of(exception);
            }
        }
        else if (there.DifferencesTo(sheet).ToArray() is { Length: > 0 } differences)
        {
            throw new UsageException(
                $"{_path} holds another job. It differs in {string.Join(", ", differences)}. Choose another folder, or begin anew with --restart.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsOwn(string name) =>
        name == LockFile || name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal);

    private JobSheet? Sheet()
    {
        string path = Path.Combine(_path, SheetFile);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), BatchJson.Default.JobSheet) ?? throw new JsonException()
                : null;
        }
        catch (JsonException)
        {
            throw new UsageException($"{path} is damaged: choose another folder.");
        }
    }

    /// <summary>Removes what a job of that sheet made and nothing else. The sheet goes last: until then it says whose the rest is.</summary>
    private void Empty(JobSheet sheet)
    {
        try
        {
            File.Delete(Path.Combine(_path, OutputFolder.MasterFile));
            File.Delete(Path.Combine(_path, OutputFolder.ManifestFile));
            foreach (JobSheetRendition rendition in sheet.Renditions)
            {
                // The sheet is a file that anyone may have written: a name that leads elsewhere is not followed.
                string folder = Path.Combine(_path, Path.GetFileName(rendition.Folder));
                if (rendition.Folder is { Length: > 0 } and not ("." or "..") && Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            File.Delete(Path.Combine(_path, SheetFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }
}
