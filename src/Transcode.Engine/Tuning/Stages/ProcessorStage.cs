using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>A stage of the processor's: a picture is only held when it begins, and made while it is finished.</summary>
internal abstract class ProcessorStage : IPictureStage
{
    private readonly AvFrame held = new();
    private bool isUnderWay;

    public int Depth => 1;

    public void Begin(AvFrame picture, int? peakNits = null)
    {
        if (isUnderWay)
        {
            throw new InvalidOperationException("A picture is under way.");
        }

        held.Reference(picture);
        PeakNits = peakNits;
        isUnderWay = true;
    }

    public void Finish(IReadOnlyList<AvFrame> outputs)
    {
        if (!isUnderWay)
        {
            throw new InvalidOperationException("No picture is under way.");
        }

        isUnderWay = false;
        Make(held, outputs);
        held.Clear();
    }

    public virtual void Dispose() => held.Dispose();

    /// <summary>As the picture began with it.</summary>
    protected int? PeakNits { get; private set; }

    /// <param name="picture">As it began.</param>
    /// <param name="outputs">As many as the stage makes; whatever they held before is given back.</param>
    protected abstract void Make(AvFrame picture, IReadOnlyList<AvFrame> outputs);
}
