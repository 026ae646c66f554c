using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>Averages each sample with those around it, each by how alike the patches of 5×5 samples around the two are, within a
/// window of 5×5: non-local means (Buades, Coll and Morel, A non-local algorithm for image denoising, 2005). Not for two
/// threads at once.</summary>
/// <remarks>
/// Of each two samples p and q, p above q, or to the left of it in one row, within the window and the picture:
/// w = weight(min(65,535, Σ distance)) over their patches, which repeat the picture's edges; v = (q − p)·w rounded once;
/// p's sum gets v, q's sum gets −v, and both get w's share (<see cref="PatchWeights"/>). Then
/// p + ⌊sum·2^−F/(1 + shares) + ½⌋, held within the samples' range. All but this one division, which every machine rounds
/// alike, is whole numbers, so neither order nor width matters.
/// </remarks>
/// <param name="shape">Of both planes.</param>
/// <param name="weights">For samples of so many bits.</param>
internal abstract class SpatialDenoiser(PlaneShape shape, PatchWeights weights)
{
    protected PlaneShape Shape { get; } = shape;

    protected PatchWeights Weights { get; } = weights;

    /// <param name="shape">Of both planes.</param>
    /// <param name="tenths">Tenths of the strength, <see cref="PatchWeights.Weakest"/> to <see cref="PatchWeights.Strongest"/>.</param>
    /// <param name="width">How to compute; the bytes are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of its range.</exception>
    public static SpatialDenoiser For(PlaneShape shape, int tenths, LaneWidth width)
    {
        var weights = new PatchWeights(tenths, shape.Bits);
        return width switch
        {
            LaneWidth.None => new ScalarSpatialDenoiser(shape, weights),
            LaneWidth.Plain => new VectorSpatialDenoiser<Lanes128<Instructions.Plain>, Vector128<ushort>>(shape, weights),
            LaneWidth.One => new VectorSpatialDenoiser<Lanes128<Instructions.Own>, Vector128<ushort>>(shape, weights),
            LaneWidth.Two => new VectorSpatialDenoiser<Lanes256, Vector256<ushort>>(shape, weights),
            LaneWidth.Four => new VectorSpatialDenoiser<Lanes512, Vector512<ushort>>(shape, weights),
            _ => throw new ArgumentOutOfRangeException(nameof(width)),
        };
    }

    /// <summary>Denoises one plane. Neither a row's end up to its pitch nor anything after the last row is read or written.</summary>
    /// <param name="source">Its rows, the first sample first.</param>
    /// <param name="sourcePitch">Bytes from one row to the next.</param>
    /// <param name="target">Not the source's memory.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Denoise(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        Shape.Check(source.Length, sourcePitch, nameof(source));
        Shape.Check(target.Length, targetPitch, nameof(target));
        Compute(source, sourcePitch, target, targetPitch);
    }

    protected abstract void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch);
}
