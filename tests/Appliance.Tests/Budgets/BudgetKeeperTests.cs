using Appliance.Admission;
using Appliance.Budgets;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Budgets;

/// <summary>The keeper with the real readers, over a tree laid out as the kernel's, and a pool that starts nothing.</summary>
public sealed class BudgetKeeperTests : IAsyncDisposable
{
    private const int Slots = 4;

    private static readonly (string, double)[] Trips = [("active", 50), ("passive", 95), ("critical", 105)];

    private readonly KernelTree tree = new();
    private readonly VirtualTime time = new();
    private readonly WorkerPool pool = new(new WorkerPoolOptions { Slots = Slots }, NullLogger<WorkerPool>.Instance, TimeProvider.System);
    private readonly PoolSize size = new(new WorkerPoolOptions { Slots = Slots });
    private readonly Capacity capacity;

    public BudgetKeeperTests() => capacity = new(size);

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        tree.Dispose();
    }

    [Fact]
    public void Zone_HeatingUp_LowersTheRateBeforeTheThrottlePointAndRaisesItAgain()
    {
        tree.Zone(0, "acpitz", 30, ("critical", 110));
        tree.Zone(1, "x86_pkg_temp", 60, Trips);
        BudgetKeeper keeper = Keeper(new());
        Assert.Equal(1, keeper.Look().Share);

        var falling = new List<double>();
        for (double celsius = 80; celsius < 95; celsius++)
        {
            tree.Heat(1, celsius);
            falling.Add(keeper.Look().Share);
        }

        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(1, falling[0]);
        Assert.InRange(falling[8], HeatRule.LeastShare, 0.95);
        Assert.Equal(HeatRule.LeastShare, falling[^3]);
        Assert.Contains(keeper.Report.Reasons, reason => reason.Contains("thermal_zone1 (x86_pkg_temp) has 94 °C, and 95 °C", StringComparison.Ordinal));

        // Cool again: it is not all at once, or it would be hot again at once.
        tree.Heat(1, 60);
        var rising = new List<double>();
        while (rising.Count < 100 && (rising.Count == 0 || rising[^1] < 1))
        {
            rising.Add(keeper.Look().Share);
        }

        Assert.Equal(rising.Order(), rising);
        Assert.Equal(1, rising[^1]);
        Assert.InRange(rising.Count, 10, 20);
        Assert.Equal(Slots, capacity.Slots);
    }

    [Fact]
    public void Zone_Hot_IsCountedByAdmission()
    {
        tree.Zone(0, "cpu-thermal", 87, Trips);
        Keeper(new()).Look();

        Assert.Equal(Slots * 0.5, capacity.Slots, 6);
    }

    [Fact]
    public void Celsius_OfTheOwner_HoldsWhereNoThrottlePointIsTold()
    {
        tree.Zone(0, "soc", 72);
        Assert.Contains(Keeper(new()).Look().Reasons, reason => reason.Contains("tell no throttle point", StringComparison.Ordinal));

        Assert.InRange(Keeper(new() { Celsius = 75 }).Look().Share, HeatRule.LeastShare, 0.5);
    }

    [Fact]
    public void Celsius_WithoutAnyZone_IsSaidToBeNotKept() =>
        Assert.Contains("celsius=75 cannot be kept: this machine shows no temperatures.", Keeper(new() { Celsius = 75 }).Look().Reasons);

    [Fact]
    public void Watts_AboveTheBudget_LowerTheRateUntilTheyAreBelow()
    {
        tree.Energy(1_000_000);
        BudgetKeeper keeper = Keeper(new() { Watts = 10 });
        Assert.Equal(1, keeper.Look().Share);

        Assert.InRange(Draw(keeper, 1_000_000, 20, out long energy).Share, 0.69, 0.71);
        Assert.InRange(Draw(keeper, energy, 20, out energy).Share, 0.48, 0.5);
        double held = Draw(keeper, energy, 9.8, out energy).Share;
        Assert.InRange(held, 0.48, 0.5);
        BudgetReport below = Draw(keeper, energy, 5, out _);
        Assert.True(below.Share > held);
        Assert.Equal(5, below.Watts!.Value, 1);
    }

    [Fact]
    public void Watts_CounterThatWraps_IsMeasuredAcross()
    {
        tree.Energy(99_000_000, range: 100_000_000);
        BudgetKeeper keeper = Keeper(new() { Watts = 10 });
        keeper.Look();
        time.Advance(BudgetKeeper.Between);
        tree.Energy(19_000_000, range: 100_000_000);

        Assert.Equal(10, keeper.Look().Watts!.Value, 1);
    }

    [Fact]
    public void Watts_WithoutCounters_AreSaidToBeNotKept() =>
        Assert.Contains("watts=15 cannot be kept: this box says nothing of its power: neither /sys/class/powercap nor a power sensor in /sys/class/hwmon.", Keeper(new() { Watts = 15 }).Look().Reasons);

    [Fact]
    public void QuietHours_LeaveTimeToThoseWhoWatch()
    {
        TimeOnly now = TimeOnly.FromDateTime(time.GetLocalNow().DateTime);
        BudgetReport quiet = Keeper(new() { Quiet = new(now.AddHours(-1), now.AddHours(1)), QuietCores = 1 }).Look();
        BudgetReport other = Keeper(new() { Quiet = new(now.AddHours(1), now.AddHours(2)), QuietCores = 1 }).Look();

        Assert.True(quiet.Quiet);
        Assert.Equal(1.0 / Slots, quiet.Share);
        Assert.False(other.Quiet);
        Assert.Equal(1, other.Share);
    }

    private BudgetReport Draw(BudgetKeeper keeper, long before, double watts, out long energy)
    {
        time.Advance(BudgetKeeper.Between);
        energy = before + (long)(watts * BudgetKeeper.Between.TotalMicroseconds);
        tree.Energy(energy);
        return keeper.Look();
    }

    private BudgetKeeper Keeper(BoxBudget budget)
    {
        var limits = new SystemLimits(64L << 30, "the machine's memory but a sixteenth", Slots, "the machine's processors");
        BoxBudget here = budget with { Sysfs = tree.Path };
        return new(here, BoxAllowance.Of(here, limits, new()), pool, size, capacity, time, NullLogger<BudgetKeeper>.Instance);
    }
}
