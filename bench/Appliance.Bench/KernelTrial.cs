namespace Appliance.Bench;

/// <summary>One way of working on some pictures, and what it took.</summary>
/// <param name="name">For people.</param>
/// <param name="run">On all pictures, once.</param>
internal sealed class KernelTrial(string name, Action run)
{
    private readonly List<double> seconds = [];

    public string Name => name;

    /// <summary>Processor seconds for all pictures.</summary>
    public double Median => Medians.Of(seconds);

    public void Run(bool counts)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        run();
        if (counts)
        {
            seconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }

    /// <summary>The median of the rounds' ratios.</summary>
    public double FasterThan(KernelTrial other) => Medians.Of(seconds.Zip(other.seconds, (own, its) => its / own));
}
