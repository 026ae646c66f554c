namespace Transcode.Engine.Hardware;

/// <summary>Reads what power the box takes, where it says so: the kernel's counters of whole packages (Documentation/power/powercap/powercap.rst: microjoules that turn over), else what hwmon says of
/// the moment.</summary>
/// <param name="files">Of the box.</param>
/// <param name="time">What it is measured over.</param>
public sealed class PowerMeter(BoxFiles files, TimeProvider time)
{
    private const string Powercap = "sys/class/powercap";
    private const string Hwmon = "sys/class/hwmon";

    private static readonly string[] Sensors = ["power1_input", "power1_average"];

    /// <summary>Why nothing can be read, in a sentence's tail; null where something can.</summary>
    public string? WhyNot =>
        Counters().Any(counter => files.Number(Energy(counter)) is not null) || Moments().Any() ? null
        : Counters().Any() ? "the energy counters may be read by root only: let this user's group read energy_uj"
        : "this box says nothing of its power: neither /sys/class/powercap nor a power sensor in /sys/class/hwmon";

    public PowerReading Read()
    {
        var counters = new Dictionary<string, long>();
        foreach (string counter in Counters())
        {
            if (files.Number(Energy(counter)) is { } microjoules)
            {
                counters[counter] = microjoules;
            }
        }

        return new(time.GetTimestamp(), counters);
    }

    /// <returns>In watts: on average since then by counters, else of this moment; null where nothing can be read.</returns>
    public double? WattsSince(PowerReading before)
    {
        PowerReading now = Read();
        double microseconds = time.GetElapsedTime(before.Timestamp, now.Timestamp).TotalMicroseconds;
        long[] spent = [.. now.Microjoules.Where(counter => before.Microjoules.ContainsKey(counter.Key))
            .Select(counter => Spent(counter.Key, counter.Value - before.Microjoules[counter.Key])).OfType<long>()];
        if (spent.Length > 0 && microseconds > 0)
        {
            return spent.Sum() / microseconds;
        }

        long[] moments = [.. Moments()];
        return moments.Length > 0 ? moments.Sum() / 1_000_000.0 : null;
    }

    private static string Energy(string counter) => $"{counter}/energy_uj";

    /// <summary>One that has turned over went on from nothing; where its range is not told, it is left out.</summary>
    private long? Spent(string counter, long rise) => rise >= 0 ? rise : files.Number($"{counter}/max_energy_range_uj") + rise;

    /// <summary>Packages only: what lies inside of one is counted with it.</summary>
    private IEnumerable<string> Counters() => files.Names(Powercap)
        .Where(zone => zone.Count(character => character == ':') == 1 && files.Line($"{Powercap}/{zone}/name")?.StartsWith("package", StringComparison.Ordinal) == true)
        .Select(zone => $"{Powercap}/{zone}");

    /// <summary>In microwatts.</summary>
    private IEnumerable<long> Moments() => files.Names(Hwmon)
        .SelectMany(monitor => Sensors.Select(name => files.Number($"{Hwmon}/{monitor}/{name}")).Where(value => value is not null).Take(1))
        .Select(value => value!.Value);
}
