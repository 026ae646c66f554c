using System.Globalization;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Budgets;

/// <summary>Sysfs as the kernel lays it out, in a folder whose values a test changes.</summary>
internal sealed class KernelTree : IDisposable
{
    private readonly ScratchFolder folder = new();

    public string Path => folder.Path;

    /// <summary>Writes a zone with trip points as <c>(type, °C)</c>.</summary>
    public void Zone(int number, string kind, double celsius, params (string Kind, double Celsius)[] trips)
    {
        folder.File($"class/thermal/thermal_zone{number}/type", $"{kind}\n");
        Heat(number, celsius);
        for (int point = 0; point < trips.Length; point++)
        {
            folder.File($"class/thermal/thermal_zone{number}/trip_point_{point}_type", $"{trips[point].Kind}\n");
            folder.File($"class/thermal/thermal_zone{number}/trip_point_{point}_temp", $"{Thousandths(trips[point].Celsius)}\n");
        }
    }

    public void Heat(int number, double celsius) => folder.File($"class/thermal/thermal_zone{number}/temp", $"{Thousandths(celsius)}\n");

    /// <summary>Writes the energy counter of a processor package and, as the kernel does, that of a part of it.</summary>
    public void Energy(long microjoules, long range = 262_143_328_850)
    {
        foreach ((string zone, string name) in (ReadOnlySpan<(string, string)>)[("intel-rapl:0", "package-0"), ("intel-rapl:0:0", "core")])
        {
            folder.File($"class/powercap/{zone}/name", $"{name}\n");
            folder.File($"class/powercap/{zone}/energy_uj", $"{microjoules.ToString(CultureInfo.InvariantCulture)}\n");
            folder.File($"class/powercap/{zone}/max_energy_range_uj", $"{range.ToString(CultureInfo.InvariantCulture)}\n");
        }
    }

    public void Dispose() => folder.Dispose();

    private static string Thousandths(double celsius) => ((int)Math.Round(celsius * 1000)).ToString(CultureInfo.InvariantCulture);
}
