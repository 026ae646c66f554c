using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The sums of <see cref="PictureAnalyzer"/> over a row of samples in 16-bit words. Every way gives the same.</summary>
/// <remarks>
/// Gradient: Sobel's gx and gy of stretched samples; the size is ⌊16·√(gx² + gy²) + ½⌋ in single precision, in which each step is
/// rounded as IEEE 754 says. Flat is |gx| + |gy| below eight code values of 8 bits, which is one a sample.
/// Grain: |1 −2 1; −2 4 −2; 1 −2 1| (Immerkær, Fast noise variance estimation, 1996). A sample's contour: it and three before it
/// in a direction are the same, four after it are, too, and these are <see cref="LeastStep"/> to <see cref="LargestStep"/> code values of 8 bits
/// away: a slope that 8 bits hold as well as they can has steps of one.
/// </remarks>
internal abstract unsafe class RowKernels
{
    /// <summary>Samples of a run on each side of a contour.</summary>
    public const int Run = 4;

    /// <summary>Between two bands, in code values of 8 bits.</summary>
    public const int LeastStep = 2;

    /// <summary>What is further apart is an edge.</summary>
    public const int LargestStep = 6;

    /// <param name="width">How to compute.</param>
    public static RowKernels For(LaneWidth width) => width switch
    {
        LaneWidth.None => new ScalarRows(),
        LaneWidth.Plain => new VectorRows<Lanes128<Instructions.Plain>, Vector128<ushort>>(),
        LaneWidth.One => new VectorRows<Lanes128<Instructions.Own>, Vector128<ushort>>(),
        LaneWidth.Two => new VectorRows<Lanes256, Vector256<ushort>>(),
        LaneWidth.Four => new VectorRows<Lanes512, Vector512<ushort>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };

    /// <summary>Samples from the limited range to the full one: ⌊largest·clamp(s − 16·f, 0, 219·f)/(219·f)⌋, f = 2^(bits − 8).</summary>
    public abstract void Stretch(ushort* from, ushort* to, int count, int bits);

    /// <param name="above">Stretched.</param>
    /// <param name="row">Stretched.</param>
    /// <param name="below">Stretched.</param>
    /// <param name="first">Of the samples: it has a neighbour on each side.</param>
    /// <param name="end">After the last.</param>
    /// <param name="bits">Of a sample.</param>
    /// <param name="sums">To be added to.</param>
    public abstract void Gradient(ushort* above, ushort* row, ushort* below, int first, int end, int bits, ref RowSums sums);

    /// <summary>Two columns' grain to their sum.</summary>
    /// <param name="above">Not stretched.</param>
    /// <param name="row">Alike.</param>
    /// <param name="below">Alike.</param>
    /// <param name="count">Of samples: even; the first and the one after the last have neighbours.</param>
    /// <param name="pairs">Half as many, to be added to.</param>
    public abstract void Grain(ushort* above, ushort* row, ushort* below, int count, int* pairs);

    /// <param name="row">Stretched.</param>
    /// <param name="before">That of the picture before, stretched.</param>
    /// <param name="count">Of samples.</param>
    /// <param name="sums">To be added to.</param>
    public abstract void Change(ushort* row, ushort* before, int count, ref RowSums sums);

    /// <summary>Two columns' absolute differences to their sum.</summary>
    /// <param name="row">Not stretched.</param>
    /// <param name="before">That of the picture before.</param>
    /// <param name="count">Of samples.</param>
    /// <param name="pairs">Half as many, rounded up, to be added to.</param>
    public abstract void Difference(ushort* row, ushort* before, int count, int* pairs);

    /// <summary>Two columns' absolute differences between this row's change and that before, |a − 2b + c|, to their sum.</summary>
    /// <param name="row">Not stretched.</param>
    /// <param name="before">That of the picture before.</param>
    /// <param name="earlier">That of the picture before that.</param>
    /// <param name="count">Of samples.</param>
    /// <param name="pairs">Half as many, rounded up, to be added to.</param>
    public abstract void Turn(ushort* row, ushort* before, ushort* earlier, int count, int* pairs);

    /// <summary>Two columns' detail to their sum: |−1 −2 −1; −2 12 −2; −1 −2 −1|.</summary>
    /// <param name="above">Not stretched.</param>
    /// <param name="row">Alike.</param>
    /// <param name="below">Alike.</param>
    /// <param name="count">Of samples; the first and the last have neighbours.</param>
    /// <param name="pairs">Half as many, rounded up, to be added to.</param>
    public abstract void Detail(ushort* above, ushort* row, ushort* below, int count, int* pairs);

    /// <summary>How many contours there are.</summary>
    /// <param name="row">The first sample after which one may be, where the run before it ends.</param>
    /// <param name="step">Words from one sample of a run to the next: 1 across, a row's worth down.</param>
    /// <param name="count">Of such samples.</param>
    /// <param name="bits">Of a sample.</param>
    public abstract long Contours(ushort* row, nint step, int count, int bits);
}
