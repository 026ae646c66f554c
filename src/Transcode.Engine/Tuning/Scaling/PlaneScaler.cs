using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Resamples planes of one size to another. Not for two threads at once.</summary>
internal abstract class PlaneScaler(PlanePlan plan)
{
    /// <summary>What this machine does fastest, the scalar way being the last.</summary>
    public static LaneWidth Widest =>
        Lanes512.IsSupported && Vector512.IsHardwareAccelerated ? LaneWidth.Four
        : Lanes256.IsSupported ? LaneWidth.Two
        : Vector128.IsHardwareAccelerated ? LaneWidth.One
        : LaneWidth.None;

    /// <summary>Every way this machine has.</summary>
    public static IEnumerable<LaneWidth> Widths =>
    [
        LaneWidth.None,
        LaneWidth.Plain,
        LaneWidth.One,
        .. Lanes256.IsSupported ? [LaneWidth.Two] : Array.Empty<LaneWidth>(),
        .. Lanes512.IsSupported ? [LaneWidth.Four] : Array.Empty<LaneWidth>(),
    ];

    protected PlanePlan Plan { get; } = plan;

    /// <param name="plan">What to compute.</param>
    /// <param name="width">How; the bytes are the same.</param>
    public static PlaneScaler For(PlanePlan plan, LaneWidth width) => width switch
    {
        LaneWidth.None => new ScalarPlane(plan),
        LaneWidth.Plain => new VectorPlane<Lanes128<Instructions.Plain>, Vector128<ushort>>(plan),
        LaneWidth.One => new VectorPlane<Lanes128<Instructions.Own>, Vector128<ushort>>(plan),
        LaneWidth.Two => new VectorPlane<Lanes256, Vector256<ushort>>(plan),
        LaneWidth.Four => new VectorPlane<Lanes512, Vector512<ushort>>(plan),
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };

    /// <summary>Scales one plane. Neither a row's end up to its pitch nor anything after the last row is read or written.</summary>
    /// <param name="source">Its rows, the first sample first.</param>
    /// <param name="sourcePitch">Bytes from one row to the next.</param>
    /// <param name="target">Not the source's memory.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Scale(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        PlaneShape.Check(source.Length, sourcePitch, Plan.Across.SourceSize * Plan.SourceBytes, Plan.Down.SourceSize, nameof(source));
        PlaneShape.Check(target.Length, targetPitch, Plan.Across.TargetSize * Plan.TargetBytes, Plan.Down.TargetSize, nameof(target));
        Compute(source, sourcePitch, target, targetPitch);
    }

    protected abstract void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch);
}
