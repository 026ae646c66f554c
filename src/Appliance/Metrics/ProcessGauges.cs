using System.Diagnostics;
using System.Diagnostics.Metrics;
using Appliance.Startup;

namespace Appliance.Metrics;

/// <summary>What this process takes, and what it is. Its workers tell theirs themselves.</summary>
internal static class ProcessGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        meter.CreateObservableGauge("appliance.build", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", ApplianceVersion.Text)), "{box}", "Always 1; the label says which version this is.");
        meter.CreateObservableCounter("process.cpu.time", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the host, without its workers.");
        meter.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Memory of the host that is resident, without its workers.");
        meter.CreateObservableGauge("process.open_fds", OpenFiles, "{file}", "Files and sockets that the host holds open.");
        meter.CreateObservableGauge("process.threads", () => (long)Process.GetCurrentProcess().Threads.Count, "{thread}", "Threads of the host.");
        long started = Stopwatch.GetTimestamp();
        meter.CreateObservableGauge("process.uptime", () => Stopwatch.GetElapsedTime(started).TotalSeconds, "s", "Time since the host started.");
    }

    private static long OpenFiles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount();
}
