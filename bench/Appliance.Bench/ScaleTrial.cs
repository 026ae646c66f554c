using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>One way of scaling, and what it took.</summary>
/// <param name="name">For people.</param>
/// <param name="scale">From the first to the second.</param>
/// <param name="owner">What it holds.</param>
internal sealed class ScaleTrial(string name, Action<AvFrame, AvFrame> scale, IDisposable owner) : IDisposable
{
    private readonly AvFrame output = new();
    private readonly List<double> seconds = [];

    public string Name => name;

    public ScaleLikeness.Figures Likeness { get; set; }

    /// <summary>Processor seconds for all pictures.</summary>
    public double Median => Medians.Of(seconds);

    public static ScaleTrial Ours(ScaleFilter filter, AvFrame like, int width, int height, LaneWidth lanes)
    {
        var scaler = new PictureScaler(filter, like, width, height, AvUtil.PixelFormatName(like.Format), ChromaSiting.Of(like), lanes);
        return new($"ours, {16 * (1 << (lanes - LaneWidth.One))} B", scaler.Scale, scaler);
    }

    public static ScaleTrial Of(string name, FilterGraph graph) => new(name, graph.Apply, graph);

    /// <summary>The result is the trial's, until its next one.</summary>
    public AvFrame Scale(AvFrame picture)
    {
        scale(picture, output);
        return output;
    }

    public void Run(List<AvFrame> pictures, bool counts)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        pictures.ForEach(picture => Scale(picture));
        if (counts)
        {
            seconds.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }

    /// <summary>The median of the rounds' ratios.</summary>
    public double FasterThan(ScaleTrial other) => Medians.Of(seconds.Zip(other.seconds, (own, its) => its / own));

    public void Dispose()
    {
        output.Dispose();
        owner.Dispose();
    }
}
