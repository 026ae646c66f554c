using System.Globalization;

namespace Appliance.Bench;

/// <summary>Processor times, user and system together, as the kernel tells them (proc(5)), 10 ms fine where nothing else is said.</summary>
internal static class ProcessTime
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on every Linux.

    /// <summary>Of this process's children that have ended and were waited for.</summary>
    public static TimeSpan OfEndedChildren() => Sum(Fields("self"), 13);

    /// <summary>Of the thread that asks, to the nanosecond.</summary>
    public static TimeSpan OfThisThread() => TimeSpan.FromMicroseconds(
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000);

    /// <summary>Of a process that lives, without its children.</summary>
    public static TimeSpan Of(int process) => Sum(Fields(process.ToString(CultureInfo.InvariantCulture)), 11);

    /// <summary>Of a process's children that live.</summary>
    public static TimeSpan OfChildren(int process) => TimeSpan.FromTicks(
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Sum(child => Of(int.Parse(child, CultureInfo.InvariantCulture)).Ticks));

    private static TimeSpan Sum(string[] fields, int first) => TimeSpan.FromSeconds(
        (long.Parse(fields[first], CultureInfo.InvariantCulture) + long.Parse(fields[first + 1], CultureInfo.InvariantCulture)) / (double)TicksPerSecond);

    /// <summary>The fields from the third, the state, on: the second may hold anything, in parentheses.</summary>
    private static string[] Fields(string process)
    {
        string text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }
}
