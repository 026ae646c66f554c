using System.Globalization;

namespace Appliance.Budgets;

/// <summary>The control groups a process is in, of version 1 or 2 (cgroups(7)): what limits it is the least of its own group and all above.</summary>
/// <param name="membership">The lines of <c>/proc/self/cgroup</c>.</param>
/// <param name="mounts">The lines of <c>/proc/self/mountinfo</c>.</param>
internal sealed class ControlGroups(IReadOnlyList<string> membership, IReadOnlyList<string> mounts)
{
    /// <summary>Groups lie in each other; deeper than this, nobody nests them.</summary>
    private const int MostLevels = 64;

    /// <summary>Version 1 says "none" by the largest number of whole pages.</summary>
    private const long None = 1L << 60;

    public static ControlGroups OfThisProcess() =>
        new(ProcessTables.Lines("/proc/self/cgroup"), ProcessTables.Lines("/proc/self/mountinfo"));

    /// <returns>In bytes; null where nothing limits it.</returns>
    public long? MemoryLimitBytes()
    {
        long least = None;
        foreach (string folder in Folders("memory"))
        {
            foreach (string file in (ReadOnlySpan<string>)["memory.max", "memory.limit_in_bytes"])
            {
                if (First(Path.Combine(folder, file)) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
                {
                    least = Math.Min(least, bytes);
                }
            }
        }

        return least < None ? least : null;
    }

    /// <returns>In processors, as 1.5; null where nothing limits it.</returns>
    public double? ProcessorQuota()
    {
        double? least = null;
        foreach (string folder in Folders("cpu"))
        {
            string[] fields = (First(Path.Combine(folder, "cpu.max"))
                ?? $"{First(Path.Combine(folder, "cpu.cfs_quota_us"))} {First(Path.Combine(folder, "cpu.cfs_period_us"))}").Split(' ');
            if (fields is [var quota, var period]
                && double.TryParse(quota, NumberStyles.None, CultureInfo.InvariantCulture, out double used)
                && double.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out double of) && of > 0)
            {
                least = Math.Min(least ?? double.MaxValue, used / of);
            }
        }

        return least;
    }

    /// <summary>The folders of the group and of those it lies in, by each hierarchy that knows the controller.</summary>
    private IEnumerable<string> Folders(string controller)
    {
        foreach (string[] group in membership.Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3))
        {
            bool second = group[0] == "0" && group[1].Length == 0;
            if ((second || group[1].Split(',').Contains(controller)) && Mount(second ? null : controller) is { } mount)
            {
                string path = group[2].StartsWith(mount.Root, StringComparison.Ordinal) ? group[2][mount.Root.TrimEnd('/').Length..] : "";
                for (int level = 0; level < MostLevels; level++)
                {
                    yield return mount.Point + path;
                    if (path.LastIndexOf('/') is not (>= 0 and var parent))
                    {
                        break;
                    }

                    path = path[..parent];
                }
            }
        }
    }

    /// <summary>Where a hierarchy is mounted, and which of its groups is seen there.</summary>
    private (string Point, string Root)? Mount(string? controller)
    {
        foreach (string line in mounts)
        {
            // "36 35 98:0 /root /point options … - type source superoptions"
            string[] halves = line.Split(" - ", 2);
            if (halves is [var place, var kind] && place.Split(' ') is { Length: >= 5 } fields && kind.Split(' ') is [var type, _, var options]
                && (controller is null ? type == "cgroup2" : type == "cgroup" && options.Split(',').Contains(controller)))
            {
                return (fields[4], fields[3]);
            }
        }

        return null;
    }

    private static string? First(string path) => ProcessTables.Lines(path) is [var line, ..] ? line.Trim() : null;
}
