namespace Appliance.Sources.Watching;

/// <summary>Hears from the kernel (inotify) that something in a folder has changed. It is a hint to look: what changed, a look finds out. Where the kernel says nothing, as of shares
/// of other machines, or cannot watch so many folders, they are looked at from time to time all the same.</summary>
internal sealed class FolderNotices : IDisposable
{
    private readonly FileSystemWatcher? watcher;

    /// <param name="path">Of the folder.</param>
    /// <param name="isNothing">Tells of a path whether changes there mean nothing.</param>
    /// <param name="changed">Called on any thread, often several times for one change.</param>
    public FolderNotices(string path, Func<string, bool> isNothing, Action changed)
    {
        try
        {
            watcher = new FileSystemWatcher(path)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            FileSystemEventHandler told = (_, change) =>
            {
                if (!isNothing(change.FullPath))
                {
                    changed();
                }
            };
            watcher.Created += told;
            watcher.Changed += told;
            watcher.Deleted += told;
            watcher.Renamed += (_, change) =>
            {
                if (!isNothing(change.FullPath) || !isNothing(change.OldFullPath))
                {
                    changed();
                }
            };
            watcher.Error += (_, fault) =>
            {
                Trouble = Words(fault.GetException());
                changed();
            };
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Trouble = Words(exception);
            watcher?.Dispose();
            watcher = null;
        }
    }

    /// <summary>Why changes are not heard of at once, for the owner; null where they are.</summary>
    public string? Trouble { get; private set; }

    public void Dispose() => watcher?.Dispose();

    private static string Words(Exception exception) => $"Changes are found within minutes, not at once: {exception.Message}";
}
