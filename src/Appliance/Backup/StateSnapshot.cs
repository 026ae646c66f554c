using System.Globalization;

namespace Appliance.Backup;

/// <summary>Copies the state of a box, which may run, as it was at one moment: as a kill would have left it then, which the box is made to start from.</summary>
/// <remarks>Nobody is stopped for it. Files are copied, and those that changed meanwhile once more, until none has changed since it was copied: then all of them were so
/// at once, in the moment before the last look. The kernel's clock that stamps files moves in steps, so a file that was changed just before it was copied is not believed to be
/// as its stamp says, and is copied again.</remarks>
/// <param name="folder">The data folder.</param>
/// <param name="target">An empty folder.</param>
internal sealed class StateSnapshot(string folder, string target)
{
    /// <summary>Of the kernel's clock: ten milliseconds at most.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>A box that works hard writes many times a second, and not all the time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Stamp> copied = [];

    /// <returns>The files, by their paths below the folder, and the moment they were so.</returns>
    /// <exception cref="IOException">They cannot be read or written, or changed faster than they could be copied.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    public async Task<(IReadOnlyList<string> Files, DateTimeOffset At)> TakeAsync(CancellationToken cancellationToken)
    {
        for (long start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < Patience;)
        {
            DateTimeOffset at = DateTimeOffset.UtcNow;
            IReadOnlyList<string> files = List();
            string[] changed = [.. files.Where(file => Look(file) is not { } stamp || !copied.TryGetValue(file, out Stamp? before) || before != stamp)];
            foreach (string gone in copied.Keys.Except(files).ToList())
            {
                File.Delete(Path.Combine(target, gone));
                copied.Remove(gone);
                changed = [.. changed, gone];
            }

            if (changed.Length == 0)
            {
                return (files, at);
            }

            foreach (string file in changed.Intersect(files))
            {
                await CopyAsync(file, cancellationToken);
            }

            await Task.Delay(Step, cancellationToken);
        }

        throw new IOException(string.Create(
            CultureInfo.InvariantCulture, $"The box changes its state faster than it can be copied ({Patience.TotalSeconds:0} s were tried): try again when it has less to do, or while it is stopped."));
    }

    /// <summary>A folder that goes while it is listed is looked at in the next turn.</summary>
    private IReadOnlyList<string> List()
    {
        try
        {
            return BoxState.Files(folder);
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(folder))
        {
            return BoxState.Files(folder);
        }
    }

    private async Task CopyAsync(string file, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(target, file);
        copied.Remove(file);
        Stamp? before = Look(file);
        DateTime now = DateTime.UtcNow;
        try
        {
            PrivateFolders.Make(Path.GetDirectoryName(copy)!);
            await using var from = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var to = new FileStream(copy, FileMode.Create, FileAccess.Write, FileShare.None);
            await from.CopyToAsync(to, cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(copy, File.GetUnixFileMode(from.SafeFileHandle));
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && !File.Exists(Path.Combine(folder, file)))
        {
            File.Delete(copy);
            return;
        }

        if (before is not null && now - before.ChangedAt > Step)
        {
            copied[file] = before;
        }
    }

    private Stamp? Look(string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists ? new(info.Length, info.LastWriteTimeUtc) : null;
    }

    private sealed record Stamp(long Length, DateTime ChangedAt);
}
