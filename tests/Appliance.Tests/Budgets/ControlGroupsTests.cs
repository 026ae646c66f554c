using Appliance.Budgets;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Budgets;

/// <summary>Folders as the kernel lays them out, of both versions.</summary>
public sealed class ControlGroupsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Second_NestedGroups_TheLeastOfAllLimits()
    {
        folder.File("box/memory.max", "2147483648\n");
        folder.File("box/films/memory.max", "max\n");
        folder.File("box/cpu.max", "max 100000\n");
        folder.File("box/films/cpu.max", "150000 100000\n");
        var groups = new ControlGroups(["0::/box/films"], [$"30 24 0:26 / {folder.Path} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"]);

        Assert.Equal(2_147_483_648, groups.MemoryLimitBytes());
        Assert.Equal(1.5, groups.ProcessorQuota());
    }

    [Fact]
    public void Second_InAContainer_TheGroupThatIsMounted()
    {
        folder.File("memory.max", "536870912\n");
        var groups = new ControlGroups(["0::/docker/abc"], [$"30 24 0:26 /docker/abc {folder.Path} ro - cgroup2 cgroup rw"]);

        Assert.Equal(536_870_912, groups.MemoryLimitBytes());
        Assert.Null(groups.ProcessorQuota());
    }

    [Fact]
    public void First_EachControllerInItsOwnHierarchy_IsRead()
    {
        folder.File("memory/memory.limit_in_bytes", "9223372036854771712\n");
        folder.File("memory/box/memory.limit_in_bytes", "536870912\n");
        folder.File("cpu/box/cpu.cfs_quota_us", "50000\n");
        folder.File("cpu/box/cpu.cfs_period_us", "100000\n");
        var groups = new ControlGroups(
            ["4:memory:/box", "1:cpu,cpuacct:/box", "0::/"],
            [
                $"40 24 0:30 / {folder.Path}/memory rw - cgroup cgroup rw,memory",
                $"41 24 0:31 / {folder.Path}/cpu rw - cgroup cgroup rw,cpu,cpuacct",
            ]);

        Assert.Equal(536_870_912, groups.MemoryLimitBytes());
        Assert.Equal(0.5, groups.ProcessorQuota());
    }

    [Fact]
    public void NoGroups_NothingLimits()
    {
        var groups = new ControlGroups([], []);

        Assert.Null(groups.MemoryLimitBytes());
        Assert.Null(groups.ProcessorQuota());
    }
}
