using System.Globalization;
using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Backup.Command;

/// <summary>The verb <c>backup</c>: all state of a box in one file, whether it runs or not.</summary>
internal static class BackupCommand
{
    public const string Usage =
        """
        appliance backup FILE [--films] [--data DIR]     write all state of a box into FILE, a tar archive, whether the box runs or not

          --films                films that were uploaded too; else they are left out, as is all that the box makes again (cache, descriptions)
          --data DIR             the box's data folder            (default $APPLIANCE_DATA, else ~/.local/share/appliance)

        FILE holds the box's keys: whoever has it is the box. It is made for your eyes only (mode 0600); keep it so. Films that are served from folders are not in it.
        Exit status: 0 done; 1 it could not be, and FILE is not there; 2 the command line makes no sense; 130 interrupted.
        """;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what was done.</param>
    /// <param name="errors">For what went wrong.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        new FileCommand(errors, "Interrupted: nothing is left of it.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (ArchiveOptions.Parse("backup", arguments, ["--films"]) is not { } options)
            {
                await output.WriteLineAsync(Usage);
                return 0;
            }

            string folder = options.DataFolder;
            if (!Directory.Exists(folder))
            {
                throw new CommandStoppedException($"There is no box in {folder}: name its data folder (--data).");
            }

            if (Path.Exists(options.File))
            {
                throw new CommandStoppedException($"{options.File} is there already: name another, or move it away.");
            }

            if (Path.GetRelativePath(folder, options.File) is var below && !below.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(below))
            {
                throw new UsageException($"{options.File} lies in the box's own folder: what is lost with it is no backup.");
            }

            try
            {
                await output.WriteLineAsync(await WriteAsync(folder, options.File, options.Films, cancellationToken));
                return 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandStoppedException($"The backup could not be made: {exception.Message}");
            }
        });

    private static async Task<string> WriteAsync(string folder, string file, bool films, CancellationToken cancellationToken)
    {
        string unfinished = $"{file}.{Guid.NewGuid():N}{DurableFile.TemporarySuffix}";
        string copies = unfinished + ".state";
        try
        {
            PrivateFolders.Make(copies);
            (IReadOnlyList<string> state, DateTimeOffset at) = await new StateSnapshot(folder, copies).TakeAsync(cancellationToken);
            if (state.Count == 0)
            {
                throw new CommandStoppedException($"There is no box in {folder}: name its data folder (--data).");
            }

            await using (var archive = new FileStream(unfinished, Access.PrivateFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
                await using var writer = new BackupWriter(archive);
                foreach (string path in state)
                {
                    await writer.AddAsync(copies, path, cancellationToken);
                }

                foreach (string path in films ? BoxState.Films(folder) : [])
                {
                    await writer.AddAsync(folder, path, cancellationToken);
                }

                await writer.FinishAsync(at, cancellationToken);
                await writer.DisposeAsync();
                archive.Flush(flushToDisk: true);
                File.Move(unfinished, file);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file} has {writer.Files.Count} files, {ByteSize.Text(archive.Length)}, as they were at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. It holds the box's keys: keep it to yourself.");
            }
        }
        finally
        {
            DurableFile.RemoveQuietly(unfinished);
            RemoveQuietly(copies);
        }
    }

    private static void RemoveQuietly(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was not made, or the disk does not let it go: what stopped the backup says so.
        }
    }
}
