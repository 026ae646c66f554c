using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>What a <see cref="ShapeOrder"/> asks for, on the processor, by its vectors, while a picture is finished.</summary>
internal sealed class VectorShape(ShapeOrder order, LaneWidth lanes) : IPictureStage
{
    private readonly AvFrame held = new();
    private readonly AvFrame scaled = new();
    private PictureScaler? scaler;
    private PictureToneMapper? toneMapper;
    private bool isUnderWay;

    public int Depth => 1;

    public void Begin(AvFrame picture)
    {
        if (isUnderWay)
        {
            throw new InvalidOperationException("A picture is under way.");
        }

        held.Reference(picture);
        isUnderWay = true;
    }

    public void Finish(IReadOnlyList<AvFrame> outputs)
    {
        if (!isUnderWay)
        {
            throw new InvalidOperationException("No picture is under way.");
        }

        isUnderWay = false;
        AvFrame now = held;
        if (order.Filter is { } filter)
        {
            scaler ??= new(filter, held, order.Size.Width, order.Size.Height, order.ScaledLayout.Name, order.Siting, lanes);
            now = order.ToneMap is null ? outputs[0] : scaled;
            scaler.Scale(held, now);
        }

        if (order.ToneMap is { } plan)
        {
            toneMapper ??= new(plan, now, lanes);
            toneMapper.Map(now, outputs[0]);
        }

        scaled.Clear();
        held.Clear();
    }

    public void Dispose()
    {
        held.Dispose();
        scaled.Dispose();
        scaler?.Dispose();
        toneMapper?.Dispose();
    }
}
