namespace Appliance.Budgets;

/// <summary>What the owner lets the box take, as <c>--budget</c> says it. Budgets decide when and whether something is made, and never its bytes.</summary>
internal sealed record BoxBudget
{
    /// <summary>Where it says nothing: what the system allows, and up to its throttle point.</summary>
    public static readonly BoxBudget Default = new();

    /// <summary>With less, no worker could make a segment beside the host.</summary>
    public const long SmallestMemoryBytes = 448L << 20;

    /// <summary>Processors for workers, 1 or more; null for all that this process has.</summary>
    public int? Cores { get; init; }

    /// <summary>Memory for host and workers together, at least <see cref="SmallestMemoryBytes"/>; null for all that the system allows.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Power of the processor packages, on average over some seconds, in watts, above 0; null for no limit.</summary>
    public double? Watts { get; init; }

    /// <summary>The temperature that is kept, in °C, 30 to 110; null for what the hardware's own throttle points say.</summary>
    public double? Celsius { get; init; }

    /// <summary>Of workers, 0 to 19.</summary>
    public int Niceness { get; init; }

    /// <summary>When only those who watch are served; null for never.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Processors for workers in quiet hours, 1 or more; null for as many as else.</summary>
    public int? QuietCores { get; init; }

    /// <summary>Where the kernel shows its devices: another folder where a container has it mounted elsewhere.</summary>
    public string Sysfs { get; init; } = "/sys";
}
