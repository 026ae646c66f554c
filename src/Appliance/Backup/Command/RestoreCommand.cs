using System.Globalization;
using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Backup.Command;

/// <summary>The verb <c>restore</c>: a box from a backup, whole or not at all.</summary>
internal static class RestoreCommand
{
    public const string Usage =
        """
        appliance restore FILE [--data DIR]     make a box of a backup, in a data folder that is empty or not there

          --data DIR             where                            (default $APPLIANCE_DATA, else ~/.local/share/appliance)

        Films that were not in the backup are found again where they are served from. A box that kept books does not go on with them before it is told how: the command says more.
        Exit status: 0 done; 1 it could not be, and nothing was changed; 2 the command line makes no sense; 130 interrupted.
        """;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what was done.</param>
    /// <param name="errors">For what went wrong.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        new FileCommand(errors, "Interrupted: nothing was changed.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (ArchiveOptions.Parse("restore", arguments, []) is not { } options)
            {
                await output.WriteLineAsync(Usage);
                return 0;
            }

            string folder = options.DataFolder;
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                throw new CommandStoppedException($"{folder} is not empty: move it away first, or name another folder (--data).");
            }

            try
            {
                await output.WriteLineAsync(await UnpackAsync(options.File, folder, cancellationToken));
                return 0;
            }
            catch (FormatException exception)
            {
                throw new CommandStoppedException($"{options.File} cannot be restored. {exception.Message}");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandStoppedException($"The box could not be restored: {exception.Message}");
            }
        });

    /// <summary>Beside the folder first: it is there whole, or not at all.</summary>
    private static async Task<string> UnpackAsync(string file, string folder, CancellationToken cancellationToken)
    {
        string unfinished = $"{folder.TrimEnd('/')}.{Guid.NewGuid():N}{DurableFile.TemporarySuffix}";
        try
        {
            await using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            PrivateFolders.Make(unfinished);
            BackupManifest manifest = await BackupReader.UnpackAsync(archive, unfinished, cancellationToken);
            bool keptBooks = manifest.Files.Any(entry => DataFolder.IsOfBooks(entry.Path));
            if (keptBooks)
            {
                new RestoredMark(manifest.At, PutAside: null).Write(unfinished);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            Directory.Move(unfinished, folder);
            string done = string.Create(
                CultureInfo.InvariantCulture, $"{folder} is the box of {manifest.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {manifest.Files.Count} files, all as they were backed up.");
            return keptBooks ? $"{done}\n{Advice}" : done;
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private const string Advice =
        """
        It plays at once. Its books wait, since a box that signs other entries than it once did is caught lying:
          appliance rewards go-on        if it signed nothing after the backup, as one that was stopped before; its witnesses are asked
          appliance rewards begin-anew   otherwise: new keys and new books; the old ones are put aside, to be audited and to claim what they say was earned
        """;
}
