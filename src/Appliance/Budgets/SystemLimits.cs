namespace Appliance.Budgets;

/// <summary>What the system lets this box take, whatever its owner says.</summary>
/// <param name="MemoryBytes">The least of what limits it.</param>
/// <param name="MemoryFrom">What that is, in words.</param>
/// <param name="Cores">Processors: affinity and a control group's quota are counted, by the runtime, rounded up.</param>
/// <param name="CoresFrom">What that is, in words.</param>
internal sealed record SystemLimits(long MemoryBytes, string MemoryFrom, int Cores, string CoresFrom)
{
    /// <summary>Left to the system where nothing but the machine itself is the limit: a sixteenth.</summary>
    private const int SystemShare = 16;

    /// <summary>Reads them anew.</summary>
    public static SystemLimits Read()
    {
        ControlGroups groups = ControlGroups.OfThisProcess();
        long machine = ProcessTables.MemoryTotalBytes();
        (long Bytes, string From) memory = (machine - (machine / SystemShare), "the machine's memory but a sixteenth");
        foreach ((long? bytes, string from) in new[]
        {
            (groups.MemoryLimitBytes(), "the control group's memory limit"),
            (ProcessTables.LimitBytes("Max data size"), "the process's limit of data (RLIMIT_DATA)"),
            (ProcessTables.LimitBytes("Max address space"), "the process's limit of address space (RLIMIT_AS)"),
        })
        {
            memory = bytes < memory.Bytes ? (bytes.Value, from) : memory;
        }

        int online = ProcessTables.ProcessorsOnline();
        string cores = groups.ProcessorQuota() is { } quota && Math.Ceiling(quota) <= Environment.ProcessorCount ? "the control group's processor quota"
            : Environment.ProcessorCount < online ? "the processors this process may run on"
            : "the machine's processors";
        return new(memory.Bytes, memory.From, Environment.ProcessorCount, cores);
    }
}
