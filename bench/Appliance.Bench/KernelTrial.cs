using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>One way of working on some pictures, and what it took.</summary>
/// <param name="name">For people.</param>
/// <param name="run">On all pictures, once; the seconds that it took.</param>
/// <param name="owner">What it holds, if it holds anything.</param>
internal sealed class KernelTrial(string name, Func<double> run, IDisposable? owner = null) : IDisposable
{
    private readonly List<double> seconds = [];

    /// <param name="name">For people.</param>
    /// <param name="run">On all pictures, once: processor seconds count.</param>
    /// <param name="owner">What it holds, if it holds anything.</param>
    public KernelTrial(string name, Action run, IDisposable? owner = null)
        : this(name, () => ProcessorSeconds(run), owner)
    {
    }

    /// <summary>Every way of this machine's that a trial is made of.</summary>
    public static IEnumerable<LaneWidth> Widths => PlaneScaler.Widths.Where(lanes => lanes >= LaneWidth.One);

    public string Name => name;

    /// <summary>Seconds for all pictures.</summary>
    public double Median => Medians.Of(seconds);

    /// <summary>A width, as names of trials have it.</summary>
    public static string Bytes(LaneWidth lanes) => $"{16 * (1 << (lanes - LaneWidth.One))} B";

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
        double taken = run();
        if (counts)
        {
            seconds.Add(taken);
        }
    }

    private static double ProcessorSeconds(Action run)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        run();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
