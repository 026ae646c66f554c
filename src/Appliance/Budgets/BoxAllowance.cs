using System.Globalization;
using Transcode.Engine.Workers;

namespace Appliance.Budgets;

/// <summary>What a box may take while it runs: the owner's budget within the system's limits, decided once at its start.</summary>
/// <param name="Cores">Processors for workers.</param>
/// <param name="Memory">How the memory is divided.</param>
/// <param name="Pool">What the pool is told.</param>
/// <param name="Reasons">Where it all comes from, a sentence each.</param>
internal sealed record BoxAllowance(int Cores, MemoryPlan Memory, WorkerPoolOptions Pool, IReadOnlyList<string> Reasons)
{
    /// <param name="budget">The owner's.</param>
    /// <param name="limits">The system's.</param>
    /// <param name="pool">What is said of the pool besides.</param>
    /// <exception cref="Startup.UsageException">There is too little memory for anything.</exception>
    public static BoxAllowance Of(BoxBudget budget, SystemLimits limits, WorkerPoolOptions pool)
    {
        bool ownMemory = budget.MemoryBytes < limits.MemoryBytes;
        long memory = ownMemory ? budget.MemoryBytes!.Value : limits.MemoryBytes;
        if (memory < BoxBudget.SmallestMemoryBytes)
        {
            throw new Startup.UsageException($"There are {memory >> 20} MiB of memory ({limits.MemoryFrom}), and at least {BoxBudget.SmallestMemoryBytes >> 20} MiB are needed.");
        }

        bool ownCores = budget.Cores < limits.Cores;
        int cores = ownCores ? budget.Cores!.Value : limits.Cores;
        MemoryPlan plan = MemoryPlan.For(memory, cores);
        var reasons = new List<string>
        {
            $"Cores: {cores} ({(ownCores ? "the owner's budget" : limits.CoresFrom)}).",
            $"Memory: {memory >> 20} MiB ({(ownMemory ? "the owner's budget" : limits.MemoryFrom)}).",
        };
        if (plan.RunBytes is { } each)
        {
            reasons.Add($"A segment may take {each >> 20} MiB: what needs more is refused, and {(plan.Slots == 1 ? "one is" : $"{plan.Slots} are")} made at a time.");
        }

        if (budget.Niceness > 0)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"Niceness of the workers: {budget.Niceness}."));
        }

        return new(cores, plan, plan.Apply(pool) with { Niceness = budget.Niceness, Cores = ownCores ? cores : null }, reasons);
    }
}
