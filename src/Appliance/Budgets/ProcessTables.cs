using System.Globalization;

namespace Appliance.Budgets;

/// <summary>What proc(5) says of this process and its machine.</summary>
internal static class ProcessTables
{
    /// <summary>All memory; 64 GiB where the kernel does not say, which no budget is measured by.</summary>
    public static long MemoryTotalBytes()
    {
        foreach (string line in Lines("/proc/meminfo"))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal) && long.TryParse(line["MemTotal:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out long kilobytes))
            {
                return kilobytes << 10;
            }
        }

        return 64L << 30;
    }

    public static int ProcessorsOnline() => Math.Max(1, Lines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)));

    /// <summary>A soft limit of this process.</summary>
    /// <param name="name">As <c>Max data size</c>.</param>
    /// <returns>Null where there is none.</returns>
    public static long? LimitBytes(string name)
    {
        string? line = Lines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        string[]? fields = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [var soft, ..] && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
    }

    /// <summary>Nothing where the file cannot be read: not every system has all of them.</summary>
    public static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
