using Transcode.Engine.Interop.Linux;

namespace Transcode.Engine.Workers;

/// <summary>Takes from this process what a worker does not need: privileges, files, sockets, programs, other processes.
/// Called once, on the main thread, when everything the worker will ever load is loaded.</summary>
internal static class LockIn
{
    public const string NoNewPrivileges = "no_new_privs";
    public const string ResourceLimits = "rlimits";
    public const string LandlockRules = "landlock";
    public const string Seccomp = "seccomp";

    private const int Descriptors = 256;

    public static readonly IReadOnlyList<string> All = [NoNewPrivileges, ResourceLimits, LandlockRules, Seccomp];

    /// <summary>Applies the named measures, and says of each what became of it. A measure that the kernel lacks is no
    /// error: the others hold, and whoever runs the box is told.</summary>
    public static List<LockInMeasure> Apply(IReadOnlyCollection<string> names, long memoryLimitBytes)
    {
        var measures = new List<LockInMeasure>();
        if (!OperatingSystem.IsLinux())
        {
            measures.Add(new("lock-in", false, "only Linux has the means"));
            return measures;
        }

        if (names.Contains(NoNewPrivileges))
        {
            measures.Add(Measure(NoNewPrivileges, Prctl.SetNoNewPrivileges(), "no program started from here gains privileges"));
        }

        if (names.Contains(ResourceLimits))
        {
            measures.Add(Limit("rlimit core", ResourceLimit.RLIMIT_CORE, 0, "no core dump of somebody's film"));
            measures.Add(Limit("rlimit file size", ResourceLimit.RLIMIT_FSIZE, 0, "no byte into any file"));
            measures.Add(Limit("rlimit data", ResourceLimit.RLIMIT_DATA, (ulong)memoryLimitBytes, $"at most {memoryLimitBytes >> 20} MiB of memory"));
        }

        // Landlock binds the calling thread and those it starts from now on, not the runtime's own that run already. The
        // worker's threads, libav's and the thread pool's all start later, from here. Seccomp then covers every thread.
        if (names.Contains(LandlockRules))
        {
            measures.Add(ApplyLandlock());
        }

        // After Landlock, whose ruleset is a descriptor. Not zero: the runtime opens a pipe for each thread it starts.
        if (names.Contains(ResourceLimits))
        {
            measures.Add(Limit("rlimit descriptors", ResourceLimit.RLIMIT_NOFILE, Descriptors, $"at most {Descriptors} descriptors"));
        }

        if (names.Contains(Seccomp))
        {
            measures.Add(SeccompFilter.WhyUnsupported is { } why
                ? new(Seccomp, false, why)
                : Measure(Seccomp, SeccompFilter.Install(), "no open, socket, exec, fork, ptrace or signal to others, on any thread"));
        }

        return measures;
    }

    private static LockInMeasure ApplyLandlock()
    {
        int version = Landlock.AbiVersion();
        return version > 0
            ? Measure(LandlockRules, Landlock.DenyAll(version), version >= 4 ? $"ABI {version}: no file, no TCP" : $"ABI {version}: no file")
            : new(LandlockRules, false, version == -38 ? "this kernel is built without it" : $"this kernel refuses it (errno {-version})");
    }

    private static LockInMeasure Limit(string name, int resource, ulong value, string effect) =>
        Measure(name, ResourceLimit.Set(resource, value), effect);

    private static LockInMeasure Measure(string name, int error, string effect) =>
        error == 0 ? new(name, true, effect) : new(name, false, $"the kernel refused it (errno {error})");
}
