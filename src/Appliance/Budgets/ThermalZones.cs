using System.Globalization;

namespace Appliance.Budgets;

/// <summary>Reads the thermal zones as the kernel lays them out (Documentation/driver-api/thermal/sysfs-api.rst): temperatures in thousandths of a degree.</summary>
internal static class ThermalZones
{
    /// <summary>Large machines have dozens.</summary>
    private const int MostZones = 256;

    private const int MostTripPoints = 16;

    /// <summary>At these the kernel slows down, throttles, or switches off; at <c>active</c> ones it only turns fans.</summary>
    private static readonly string[] Throttling = ["passive", "hot", "critical"];

    /// <summary>What is told outside of these is not a temperature: a sensor that is off says 0, or less.</summary>
    private const double LeastCelsius = 1;

    private const double MostCelsius = 200;

    /// <param name="sysfs">Where sysfs is mounted.</param>
    /// <returns>Those that say their temperature, by name; none where there is no such folder.</returns>
    public static IReadOnlyList<ThermalZone> Read(string sysfs)
    {
        string folder = Path.Combine(sysfs, "class", "thermal");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder, "thermal_zone*").Order(StringComparer.Ordinal).Take(MostZones).Select(Zone).OfType<ThermalZone>()]
            : [];
    }

    private static ThermalZone? Zone(string folder)
    {
        if (Celsius(Path.Combine(folder, "temp")) is not { } now)
        {
            return null;
        }

        double? throttle = null;
        for (int point = 0; point < MostTripPoints && Text(Path.Combine(folder, $"trip_point_{point}_type")) is { } kind; point++)
        {
            if (Throttling.Contains(kind) && Celsius(Path.Combine(folder, $"trip_point_{point}_temp")) is { } celsius)
            {
                throttle = Math.Min(throttle ?? celsius, celsius);
            }
        }

        return new(Path.GetFileName(folder), Text(Path.Combine(folder, "type")) ?? "", now, throttle);
    }

    private static double? Celsius(string path) =>
        int.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int thousandths)
        && thousandths / 1000.0 is >= LeastCelsius and <= MostCelsius and var celsius ? celsius : null;

    private static string? Text(string path) => ProcessTables.Lines(path) is [var line, ..] ? line.Trim() : null;
}
