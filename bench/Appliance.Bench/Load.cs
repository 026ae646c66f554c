namespace Appliance.Bench;

/// <summary>What else the machine is doing.</summary>
internal static class Load
{
    /// <summary>Runnable threads, the mean of the last minute.</summary>
    public static string Now => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
