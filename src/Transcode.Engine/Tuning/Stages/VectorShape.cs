using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>What a <see cref="ShapeOrder"/> asks for, on the processor, by its vectors, while a picture is finished.</summary>
internal sealed class VectorShape(ShapeOrder order, LaneWidth lanes) : ProcessorStage
{
    private readonly AvFrame scaled = new();
    private PictureScaler? scaler;
    private PictureToneMapper? toneMapper;

    public override void Dispose()
    {
        base.Dispose();
        scaled.Dispose();
        scaler?.Dispose();
        toneMapper?.Dispose();
    }

    protected override void Make(AvFrame picture, IReadOnlyList<AvFrame> outputs)
    {
        AvFrame now = picture;
        if (order.Filter is { } filter)
        {
            scaler ??= new(filter, picture, order.Size.Width, order.Size.Height, order.ScaledLayout.Name, order.Siting, lanes, order.TargetSiting);
            now = order.ToneMap is null ? outputs[0] : scaled;
            scaler.Scale(picture, now);
        }

        if (order.ToneMap is { } plan)
        {
            toneMapper ??= new(plan, now, lanes);
            toneMapper.Map(now, outputs[0], PeakNits ?? plan.PeakNits);
        }

        scaled.Clear();
    }
}
