using Transcode.Engine.Hardware;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

public sealed class PowerMeterTests
{
    [Fact]
    public void Watts_OfRaplCounters_AreTheirRiseOverTime()
    {
        using var box = new RecordedBox(
            ("sys/class/powercap/intel-rapl:0/name", "package-0\n"), ("sys/class/powercap/intel-rapl:0/energy_uj", "1000000\n"),
            ("sys/class/powercap/intel-rapl:0:0/name", "core\n"), ("sys/class/powercap/intel-rapl:0:0/energy_uj", "5\n"));
        var meter = new PowerMeter(new(box.Root), TimeProvider.System);
        PowerReading before = meter.Read();
        File.WriteAllText(Path.Combine(box.Root, "sys/class/powercap/intel-rapl:0/energy_uj"), "900001000000\n");
        double elapsedAtMost = System.Diagnostics.Stopwatch.GetElapsedTime(before.Timestamp).TotalSeconds + 60;

        Assert.Null(meter.WhyNot);
        Assert.True(meter.WattsSince(before) > 900_000 / elapsedAtMost);
        Assert.Single(before.Microjoules);
    }

    [Fact]
    public void Watts_OfACounterThatTurnedOver_WhoseRangeIsNotTold_AreNone()
    {
        using var box = new RecordedBox(("sys/class/powercap/intel-rapl:0/name", "package-0"), ("sys/class/powercap/intel-rapl:0/energy_uj", "1000000"));
        var meter = new PowerMeter(new(box.Root), TimeProvider.System);
        PowerReading before = meter.Read();
        File.WriteAllText(Path.Combine(box.Root, "sys/class/powercap/intel-rapl:0/energy_uj"), "7");

        Assert.Null(meter.WattsSince(before));
    }

    [Fact]
    public void Watts_OfASensor_AreThoseOfTheMoment()
    {
        using var box = new RecordedBox(("sys/class/hwmon/hwmon3/name", "amdgpu"), ("sys/class/hwmon/hwmon3/power1_average", "15500000"));
        var meter = new PowerMeter(new(box.Root), TimeProvider.System);

        Assert.Equal(15.5, meter.WattsSince(meter.Read()));
    }

    [Fact]
    public void WhyNot_BoxThatSaysNothing_SaysWhere()
    {
        using var box = new RecordedBox(("proc/version", ""));

        Assert.Contains("/sys/class/powercap", new PowerMeter(new(box.Root), TimeProvider.System).WhyNot, StringComparison.Ordinal);
    }
}
