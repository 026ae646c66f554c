using Transcode.Engine.Interop.LibAv;

namespace Appliance.Bench;

/// <summary>One way of doing something to pictures, and what it took.</summary>
/// <param name="name">For people.</param>
/// <param name="run">Does it to all of them.</param>
/// <param name="owner">What it holds.</param>
internal sealed class KernelTrial(string name, Action<List<AvFrame>> run, IDisposable owner) : IDisposable
{
    private readonly List<double> seconds = [];

    public string Name => name;

    /// <summary>Processor seconds for all pictures.</summary>
    public double Median => Medians.Of(seconds);

    /// <summary>Lets each run in turn, in alternating order, and prints pixels a second and ratios to the last.</summary>
    /// <param name="title">Of the table.</param>
    /// <param name="trials">The one that the others are measured beside comes last. They are disposed of.</param>
    /// <param name="pictures">Given to each.</param>
    /// <param name="megapixels">That these make, in millions.</param>
    /// <param name="rounds">How often.</param>
    public static void Compare(string title, List<KernelTrial> trials, List<AvFrame> pictures, double megapixels, int rounds)
    {
        KernelTrial peer = trials[^1];
        List<KernelTrial> order = [.. trials];
        for (int round = 0; round <= rounds; round++)
        {
            // The first warms up.
            order.ForEach(trial => trial.Run(pictures, counts: round > 0));
            order.Reverse();
        }

        Console.WriteLine($"{title,-44}{"Mpixel/s",10}{"to the last",13}");
        foreach (KernelTrial trial in trials)
        {
            Console.WriteLine(FormattableString.Invariant($"  {trial.Name,-42}{megapixels / trial.Median,10:F0}{trial.FasterThan(peer),13:F2}"));
            trial.Dispose();
        }
    }

    public void Dispose() => owner.Dispose();

    private void Run(List<AvFrame> pictures, bool counts)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        run(pictures);
        if (counts)
        {
            seconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }

    /// <summary>The median of the rounds' ratios.</summary>
    private double FasterThan(KernelTrial other) => Medians.Of(seconds.Zip(other.seconds, (own, its) => its / own));
}
