using System.Globalization;

namespace Appliance.Tests.Hosting;

/// <summary>A control group with a limit of memory, of whichever version this machine has; gone with the test.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private readonly string folder;
    private readonly bool isSecond;

    private MemoryGroup(string folder, bool isSecond)
    {
        this.folder = folder;
        this.isSecond = isSecond;
    }

    /// <summary>A command that enters it and then becomes what follows.</summary>
    public string[] Entering => ["/bin/sh", "-c", $"echo $$ > {folder}/cgroup.procs && exec \"$0\" \"$@\""];

    /// <summary>The most that was in use.</summary>
    public long MostBytes => Number(isSecond ? "memory.peak" : "memory.max_usage_in_bytes");

    /// <summary>Processes that the kernel ended for want of memory.</summary>
    public long Kills => File.ReadLines(Path.Combine(folder, isSecond ? "memory.events" : "memory.oom_control"))
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal)).Select(line => long.Parse(line["oom_kill ".Length..], CultureInfo.InvariantCulture)).Single();

    /// <summary>Skips the test where none can be made.</summary>
    public static MemoryGroup Make(long limitBytes)
    {
        string name = $"appliance-test-{Guid.NewGuid():N}";
        bool isSecond = File.Exists("/sys/fs/cgroup/cgroup.controllers");
        string folder = Path.Combine(isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory", name);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, isSecond ? "memory.max" : "memory.limit_in_bytes"), limitBytes.ToString(CultureInfo.InvariantCulture));
            return new(folder, isSecond);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            Assert.Skip($"No control group with a memory limit can be made here: {exception.Message}");
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // A process of it is still being taken down; an empty group is no harm.
        }
    }

    private long Number(string file) => long.Parse(File.ReadAllText(Path.Combine(folder, file)), CultureInfo.InvariantCulture);
}
