using Appliance.Profiles;
using Appliance.Rewards.Settings;
using Appliance.Sources.Watching;
using Appliance.Startup;
using Appliance.Storage;
using global::Rewards.Signing;

namespace Appliance.Doctor;

/// <summary>The data folder: whether it takes what is written, how much room there is, who may look into it, and whether what people wrote there can be read.</summary>
internal sealed class DataChecks(ApplianceOptions options)
{
    private const long LittleRoom = 1L << 30;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public IEnumerable<Finding> Look()
    {
        if (!Directory.Exists(options.DataFolder))
        {
            return [Finding.Fine("data folder", $"{options.DataFolder} is not there yet: the first start makes it.")];
        }

        var data = new DataFolder(options.DataFolder);
        return [Writing(data), Room(data), Secrets(data), .. Settings(data), .. Served(data)];
    }

    private static Finding Writing(DataFolder data)
    {
        string trial = Path.Combine(data.Path, "doctor.trial");
        try
        {
            DurableFile.Write(trial, ["trial"u8.ToArray()], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return Finding.Fine("data folder", $"{data.Path} takes what is written to it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong("data folder", $"Nothing can be written to {data.Path}: {exception.Message}", "Films play, and are made anew each time. Give the folder to the user that runs the appliance, free some room, or name another with --data.");
        }
        finally
        {
            DurableFile.RemoveQuietly(trial);
        }
    }

    private Finding Room(DataFolder data)
    {
        var drive = new DriveInfo(data.Path);
        long free = drive.AvailableFreeSpace;
        string said = $"{ByteSize.Text(free)} are free on its disk ({drive.DriveFormat}); the cache may take {ByteSize.Text(options.CacheQuotaBytes)} and jobs {ByteSize.Text(options.JobsQuotaBytes)}.";
        return free < LittleRoom
            ? Finding.Doubtful("room", said, "The cache keeps to half of what is free, so that little is kept and much made again. Free some room, or name another disk with --data.")
            : Finding.Fine("room", said);
    }

    private static Finding Secrets(DataFolder data)
    {
        string[] open = Directory.Exists(data.Keys) ? [.. Directory.EnumerateFiles(data.Keys).Where(IsOpenToOthers)] : [];
        return open.Length > 0
            ? Finding.Wrong("keys", $"Others may read or change {open[0]}.", "chmod 600 it. If somebody may have read it, hand over to a new key.")
            : Finding.Fine("keys", Directory.Exists(data.Keys) ? "Only their owner may read them." : "There are none yet: the first start makes them.");
    }

    private static bool IsOpenToOthers(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0;

    private static IEnumerable<Finding> Settings(DataFolder data)
    {
        yield return Reads("rewards settings", () => RewardsSettingsReading.Read(data), "Correct rewards.json or prices.json: until then work is not entered into the books.");
        yield return Reads("hardware settings", () => OwnersHardware.Load(data.OwnersHardware), "Correct hardware.yaml: until then the box does not start.");
        foreach (string fault in ProfileShelf.Open(data.Profiles).Faults)
        {
            yield return Finding.Doubtful("profiles", fault, "Correct it, or take it away: it is left out.");
        }
    }

    /// <summary>What the owner had added to be served.</summary>
    private IEnumerable<Finding> Served(DataFolder data)
    {
        IReadOnlyList<ServedPath> paths;
        Finding? fault = null;
        try
        {
            paths = new ServedPaths(data, options).All;
        }
        catch (UsageException exception)
        {
            paths = [];
            fault = Finding.Wrong("library", exception.Message, "Restore library.json from a copy, or take it away: then what was added must be added anew.");
        }

        return fault is not null
            ? [fault]
            : paths.Where(path => !Path.Exists(path.Path)).Select(path => Finding.Doubtful(
                "library", $"{path.Path} is not there.", "Its films come back with it: attach the disk, or take the path out of the library.")).DefaultIfEmpty(
                Finding.Fine("library", paths.Count == 0 ? "Nothing was added to be served; what the command line names is not known here." : $"All {paths.Count} paths that were added are there."));
    }

    private static Finding Reads(string about, Action read, string advice)
    {
        try
        {
            read();
            return Finding.Fine(about, "They can be read.");
        }
        catch (Exception exception) when (exception is FormatException or UsageException or IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(about, exception.Message, advice);
        }
    }
}
