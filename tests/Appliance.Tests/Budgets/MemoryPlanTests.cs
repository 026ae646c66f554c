using Appliance.Budgets;
using Appliance.Startup;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Budgets;

public sealed class MemoryPlanTests
{
    private const long Mebi = 1L << 20;

    [Theory]
    [InlineData(448, 4)]
    [InlineData(512, 2)]
    [InlineData(2048, 4)]
    [InlineData(4096, 16)]
    [InlineData(65536, 8)]
    public void Plan_HostAndEveryWorkerAtItsLimit_StayWithinTheBudget(long mebibytes, int cores)
    {
        MemoryPlan plan = MemoryPlan.For(mebibytes * Mebi, cores);
        WorkerPoolOptions pool = plan.Apply(new());

        Assert.Empty(pool.Errors());
        Assert.InRange(pool.Slots, 1, cores);
        Assert.True((pool.MemoryLimitBytes * pool.Slots) + plan.FlightBytes + (128 * Mebi) <= plan.TotalBytes);
    }

    [Fact]
    public void Plan_OfALargeBox_IsAsWithoutAny()
    {
        WorkerPoolOptions pool = MemoryPlan.For(65536 * Mebi, 8).Apply(new());

        Assert.Equal((8, 1, null, new WorkerPoolOptions().MemoryLimitBytes), (pool.Slots, pool.SpareWorkers, pool.RunMemoryBytes, pool.MemoryLimitBytes));
    }

    [Fact]
    public void Allowance_TooLittleMemory_IsRefusedByWhatLimitsIt()
    {
        var limits = new SystemLimits(300 * Mebi, "the control group's memory limit", 2, "the machine's processors");

        Assert.Contains(
            "300 MiB of memory (the control group's memory limit)",
            Assert.Throws<UsageException>(() => BoxAllowance.Of(BoxBudget.Default, limits, new())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Allowance_OwnersBudget_HoldsWithinTheSystems()
    {
        var limits = new SystemLimits(2048 * Mebi, "the machine's memory but a sixteenth", 2, "the machine's processors");
        BoxAllowance more = BoxAllowance.Of(new() { Cores = 8, MemoryBytes = 4096 * Mebi }, limits, new());
        BoxAllowance less = BoxAllowance.Of(new() { Cores = 1, MemoryBytes = 1024 * Mebi, Niceness = 3 }, limits, new());

        Assert.Equal((2, 2048 * Mebi, null), (more.Cores, more.Memory.TotalBytes, more.Pool.Cores));
        Assert.Equal((1, 1024 * Mebi, 1, 3), (less.Cores, less.Memory.TotalBytes, less.Pool.Cores, less.Pool.Niceness));
        Assert.Contains("Cores: 1 (the owner's budget).", less.Reasons);
    }
}
