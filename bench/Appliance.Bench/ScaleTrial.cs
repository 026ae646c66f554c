using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>One way of scaling.</summary>
internal sealed class ScaleTrial : IDisposable
{
    private readonly Action<AvFrame, AvFrame> scale;
    private readonly IDisposable owner;
    private readonly AvFrame output = new();

    /// <param name="name">For people.</param>
    /// <param name="pictures">To be scaled.</param>
    /// <param name="scale">From the first to the second.</param>
    /// <param name="owner">What it holds.</param>
    private ScaleTrial(string name, List<AvFrame> pictures, Action<AvFrame, AvFrame> scale, IDisposable owner)
    {
        this.scale = scale;
        this.owner = owner;
        Taken = new(name, () => pictures.ForEach(picture => Scale(picture)));
    }

    /// <summary>What it takes.</summary>
    public KernelTrial Taken { get; }

    public ScaleLikeness.Figures Likeness { get; set; }

    public static ScaleTrial Ours(ScaleFilter filter, List<AvFrame> pictures, int width, int height, LaneWidth lanes)
    {
        AvFrame like = pictures[0];
        var scaler = new PictureScaler(filter, like, width, height, AvUtil.PixelFormatName(like.Format), ChromaSiting.Of(like), lanes);
        return new($"ours, {KernelTrial.Bytes(lanes)}", pictures, scaler.Scale, scaler);
    }

    public static ScaleTrial Of(string name, List<AvFrame> pictures, FilterStep step)
    {
        FilterGraph graph = FilterGraph.For(pictures[0], [step]);
        return new(name, pictures, graph.Apply, graph);
    }

    /// <summary>The result is the trial's, until its next one.</summary>
    public AvFrame Scale(AvFrame picture)
    {
        scale(picture, output);
        return output;
    }

    public void Dispose()
    {
        Taken.Dispose();
        output.Dispose();
        owner.Dispose();
    }
}
