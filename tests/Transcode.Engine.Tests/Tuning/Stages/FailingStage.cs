using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Stages;

namespace Transcode.Engine.Tests.Tuning.Stages;

/// <summary>A stage that fails when it is told to, having spoilt whatever it was to write.</summary>
internal sealed class FailingStage(IPictureStage stage, Func<string, int, Exception?> failure) : IPictureStage
{
    private int begun;
    private int finished;

    public int Depth => stage.Depth;

    public void Begin(AvFrame picture, int? peakNits = null)
    {
        if (failure("begin", begun++) is { } exception)
        {
            throw exception;
        }

        stage.Begin(picture, peakNits);
    }

    public void Finish(IReadOnlyList<AvFrame> outputs)
    {
        stage.Finish(outputs);
        if (failure("finish", finished++) is { } exception)
        {
            outputs[0].Plane(0, 1).Fill(0x77);
            throw exception;
        }
    }

    public void Dispose() => stage.Dispose();
}
