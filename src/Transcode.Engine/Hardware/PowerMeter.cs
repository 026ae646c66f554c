using System.Diagnostics;
using System.Globalization;

namespace Transcode.Engine.Hardware;

/// <summary>What the meters showed, and when.</summary>
/// <param name="Timestamp">Of <see cref="Stopwatch"/>.</param>
/// <param name="Microjoules">Of each counter of energy, by its folder.</param>
internal sealed record PowerReading(long Timestamp, IReadOnlyDictionary<string, long> Microjoules);

/// <summary>Reads what power the box takes, where it says so: RAPL's counters of whole packages (/sys/class/powercap), else what hwmon says of the moment.</summary>
/// <param name="files">Of the box.</param>
internal sealed class PowerMeter(BoxFiles files)
{
    private const string Powercap = "sys/class/powercap";
    private const string Hwmon = "sys/class/hwmon";

    private static readonly string[] Sensors = ["power1_input", "power1_average"];

    /// <summary>Why nothing can be read, in a sentence; null where something can.</summary>
    public string? WhyNot =>
        Counters().Any(counter => files.Number(counter) is not null) || Moments().Any() ? null
        : Counters().Any() ? "RAPL's counters are there, and only root may read them"
        : "this box says nothing of its power: neither /sys/class/powercap nor a power sensor in /sys/class/hwmon";

    public PowerReading Read()
    {
        var counters = new Dictionary<string, long>();
        foreach (string counter in Counters())
        {
            if (files.Number(counter) is { } microjoules)
            {
                counters[counter] = microjoules;
            }
        }

        return new(Stopwatch.GetTimestamp(), counters);
    }

    /// <returns>On the average since then by counters, else of this moment; null where nothing can be read.</returns>
    public double? WattsSince(PowerReading before)
    {
        PowerReading now = Read();
        double seconds = Stopwatch.GetElapsedTime(before.Timestamp, now.Timestamp).TotalSeconds;
        // A counter that has turned over is left out.
        long[] spent = [.. now.Microjoules.Where(each => before.Microjoules.TryGetValue(each.Key, out long then) && each.Value >= then)
            .Select(each => each.Value - before.Microjoules[each.Key])];
        if (spent.Length > 0 && seconds > 0)
        {
            return Math.Round(spent.Sum() / seconds / 1_000_000, 1);
        }

        long[] moments = [.. Moments()];
        return moments.Length > 0 ? Math.Round(moments.Sum() / 1_000_000.0, 1) : null;
    }

    /// <summary>Packages only: what lies inside of one is counted with it.</summary>
    private IEnumerable<string> Counters() => files.Names(Powercap)
        .Where(zone => zone.Count(character => character == ':') == 1 && files.Line($"{Powercap}/{zone}/name")?.StartsWith("package", StringComparison.Ordinal) == true)
        .Select(zone => $"{Powercap}/{zone}/energy_uj");

    /// <summary>In microwatts.</summary>
    private IEnumerable<long> Moments() => files.Names(Hwmon)
        .SelectMany(monitor => Sensors.Select(name => files.Number($"{Hwmon}/{monitor}/{name}")).Where(value => value is not null).Take(1))
        .Select(value => value!.Value);
}
