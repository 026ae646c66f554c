using System.Globalization;

namespace Appliance.Budgets;

/// <summary>Measures the power of the processor packages by the kernel's energy counters (Documentation/power/powercap/powercap.rst): microjoules that wrap.</summary>
/// <param name="sysfs">Where sysfs is mounted.</param>
/// <param name="time">What it is measured over.</param>
internal sealed class PowerMeter(string sysfs, TimeProvider time)
{
    private const int MostPackages = 64;

    private readonly Dictionary<string, (long Microjoules, long At)> _before = [];

    /// <summary>Why it cannot be told; null where it can.</summary>
    public string? Refusal { get; private set; } = "it was not measured yet";

    /// <summary>On average since the last call.</summary>
    /// <returns>In watts; null at the first call, and where it cannot be told.</returns>
    public double? Read()
    {
        string folder = Path.Combine(sysfs, "class", "powercap");
        // Packages are "intel-rapl:0", on AMD too; their parts, which they include, are "intel-rapl:0:0".
        string[] packages = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder, "intel-rapl:*").Where(path => Path.GetFileName(path).Count(c => c == ':') == 1).Take(MostPackages)]
            : [];
        if (packages.Length == 0)
        {
            Refusal = "this machine shows no energy counters";
            return null;
        }

        double watts = 0;
        bool known = true;
        foreach (string package in packages)
        {
            if (Counter(package, "energy_uj") is not { } energy)
            {
                Refusal = "the energy counters may be read by root only: let this user's group read energy_uj";
                _before.Clear();
                return null;
            }

            long now = time.GetTimestamp();
            if (_before.TryGetValue(package, out (long Microjoules, long At) last))
            {
                long spent = energy - last.Microjoules;
                spent = spent >= 0 ? spent : spent + (Counter(package, "max_energy_range_uj") ?? -spent);
                watts += spent / Math.Max(time.GetElapsedTime(last.At, now).TotalMicroseconds, 1);
            }
            else
            {
                known = false;
            }

            _before[package] = (energy, now);
        }

        Refusal = null;
        return known ? watts : null;
    }

    private static long? Counter(string package, string file) =>
        ProcessTables.Lines(Path.Combine(package, file)) is [var line, ..] && long.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
