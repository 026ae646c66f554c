using System.Globalization;
using Appliance.Budgets;
using Transcode.Engine.Hardware;

namespace Appliance.Doctor;

/// <summary>The machine: what it is, what it lets the box take, its clock and how warm it is.</summary>
/// <param name="files">Where the kernel tells of it.</param>
/// <param name="time">Its clock.</param>
internal sealed class MachineChecks(BoxFiles files, TimeProvider time)
{
    /// <summary>Connections, a file for each that reads, and workers' pipes come to less.</summary>
    private const long EnoughFiles = 4096;

    /// <summary>Below this a box makes one 720p stream, and refuses more than that.</summary>
    private const long AmpleMemory = 1L << 30;

    public IEnumerable<Finding> Look()
    {
        SystemLimits limits = SystemLimits.Read();
        yield return Finding.Fine("machine", $"{files.Line("proc/sys/kernel/hostname") ?? "It"} runs Linux {files.Line("proc/sys/kernel/osrelease")}, for {limits.Cores} cores ({limits.CoresFrom}).");
        yield return limits.MemoryBytes >= AmpleMemory
            ? Finding.Fine("memory", $"{limits.MemoryBytes >> 20} MiB may be taken ({limits.MemoryFrom}).")
            : Finding.Doubtful("memory", $"{limits.MemoryBytes >> 20} MiB may be taken ({limits.MemoryFrom}).", "It serves a stream of 720p, and says of each film what it cannot make. With 1 GiB it makes more.");
        yield return OpenFiles();
        yield return Clock();
        yield return Heat();
    }

    private static Finding OpenFiles() => ProcessTables.LimitBytes("Max open files") is { } limit and < EnoughFiles
        ? Finding.Doubtful("open files", $"{limit} files and connections may be open at once.", $"Raise it to {EnoughFiles} (ulimit -n; LimitNOFILE= of a systemd unit).")
        : Finding.Fine("open files", "Enough files and connections may be open at once.");

    /// <summary>A box without a clock that runs on wakes up long ago, and then signs receipts and trusts certificates by that.</summary>
    private Finding Clock()
    {
        DateTimeOffset now = time.GetUtcNow();
        string told = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return now < BuiltAt()
            ? Finding.Wrong("clock", $"It says {told} UTC, which is before this version was made.", "Set the clock, and have it set over the network (systemd-timesyncd or chrony).")
            : Finding.Fine("clock", $"It says {told} UTC.");
    }

    private static Finding Heat()
    {
        IReadOnlyList<ThermalZone> zones = ThermalZones.Read("/sys");
        ThermalZone? hot = zones.FirstOrDefault(zone => zone.Celsius >= zone.ThrottleCelsius);
        return hot is not null
            ? Finding.Doubtful("heat", string.Create(CultureInfo.InvariantCulture, $"{hot.Kind} is at {hot.Celsius:F0} °C, where the hardware slows down."), "Give it air: the box makes less at a time until it is cooler.")
            : Finding.Fine("heat", zones.Count == 0
                ? "This machine tells no temperatures: the box cannot slow down before it does."
                : string.Create(CultureInfo.InvariantCulture, $"The warmest of {zones.Count} places has {zones.Max(zone => zone.Celsius):F0} °C."));
    }

    private static DateTimeOffset BuiltAt() => File.GetLastWriteTimeUtc(Environment.ProcessPath!);
}
