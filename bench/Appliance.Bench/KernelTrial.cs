namespace Appliance.Bench;

/// <summary>One way of working on some pictures, and what it took.</summary>
/// <param name="name">For people.</param>
/// <param name="run">On all pictures, once.</param>
/// <param name="owner">What it holds, if it holds anything.</param>
internal sealed class KernelTrial(string name, Action run, IDisposable? owner = null) : IDisposable
{
    private readonly List<double> seconds = [];

    public string Name => name;

    /// <summary>Processor seconds for all pictures.</summary>
    public double Median => Medians.Of(seconds);

    /// <summary>Lets each run in turn, in alternating order.</summary>
    /// <param name="trials">In any order.</param>
    /// <param name="rounds">How often, besides a first time that warms up.</param>
    public static void Alternate(IReadOnlyList<KernelTrial> trials, int rounds)
    {
        List<KernelTrial> order = [.. trials];
        for (int round = 0; round <= rounds; round++)
        {
            order.ForEach(trial => trial.Run(counts: round > 0));
            order.Reverse();
        }
    }

    /// <summary>The median of the rounds' ratios.</summary>
    public double FasterThan(KernelTrial other) => Medians.Of(seconds.Zip(other.seconds, (own, its) => its / own));

    public void Dispose() => owner?.Dispose();

    private void Run(bool counts)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        run();
        if (counts)
        {
            seconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }
}
