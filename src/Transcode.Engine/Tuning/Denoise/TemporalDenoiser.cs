using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>Averages each sample with its counterparts in the pictures before and after, as far as these are alike (Bartovčak
/// and Vrankić, Video denoising based on adaptive temporal averaging, 2012).</summary>
/// <remarks>
/// To each side, from the nearest picture outwards: a counterpart n of the sample c is taken as long as |n − c| is at most the
/// threshold of one, and Σ|n − c| so far, n among it, at most that of the sum. The first that is not ends its side; the other
/// side goes on. The result is ⌊(Σ + ⌊k/2⌋)/k⌋ over the k samples taken, c among them. Whole numbers, the same by every width.
/// </remarks>
/// <param name="shape">Of all planes.</param>
/// <param name="thresholds">In its code values.</param>
internal abstract unsafe class TemporalDenoiser(PlaneShape shape, TemporalThresholds thresholds)
{
    /// <summary>Pictures to one side, at most: so that sums fit 16 bits and are divided exactly.</summary>
    public const int Reach = 4;

    protected PlaneShape Shape { get; } = shape;

    protected TemporalThresholds Thresholds { get; } = thresholds;

    /// <param name="shape">Of all planes.</param>
    /// <param name="thresholds">In its code values.</param>
    /// <param name="width">How to compute; the bytes are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is out of its range.</exception>
    public static TemporalDenoiser For(PlaneShape shape, TemporalThresholds thresholds, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(thresholds.OfOne, Math.Clamp(thresholds.OfOne, 0, ushort.MaxValue), nameof(thresholds));
        ArgumentOutOfRangeException.ThrowIfNotEqual(thresholds.OfSum, Math.Clamp(thresholds.OfSum, 0, ushort.MaxValue - 1), nameof(thresholds));
        return width switch
        {
            LaneWidth.None => new ScalarTemporalDenoiser(shape, thresholds),
            LaneWidth.Plain => new VectorTemporalDenoiser<Lanes128<Instructions.Plain>, Vector128<ushort>>(shape, thresholds),
            LaneWidth.One => new VectorTemporalDenoiser<Lanes128<Instructions.Own>, Vector128<ushort>>(shape, thresholds),
            LaneWidth.Two => new VectorTemporalDenoiser<Lanes256, Vector256<ushort>>(shape, thresholds),
            LaneWidth.Four => new VectorTemporalDenoiser<Lanes512, Vector512<ushort>>(shape, thresholds),
            _ => throw new ArgumentOutOfRangeException(nameof(width)),
        };
    }

    /// <summary>Denoises one plane. Nothing but the samples of rows is read or written.</summary>
    /// <param name="centre">The plane.</param>
    /// <param name="before">The same plane of the pictures before, the nearest first; <see cref="Reach"/> at most, none at a cut.</param>
    /// <param name="after">Of the pictures after, the nearest first; as many at most.</param>
    /// <param name="target">Not the memory of any of them.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">There are too many pictures, or the target is too small.</exception>
    public void Denoise(
        PlanePointer centre, ReadOnlySpan<PlanePointer> before, ReadOnlySpan<PlanePointer> after, Span<byte> target, int targetPitch)
    {
        if (before.Length > Reach || after.Length > Reach)
        {
            throw new ArgumentException($"There are {before.Length} pictures before and {after.Length} after, but {Reach} at most are averaged.");
        }

        Shape.Check(target.Length, targetPitch, nameof(target));
        byte** earlier = stackalloc byte*[Reach];
        byte** later = stackalloc byte*[Reach];
        fixed (byte* to = target)
        {
            for (int y = 0; y < Shape.Height; y++)
            {
                Rows(before, y, earlier);
                Rows(after, y, later);
                Row(centre.Row(y), earlier, before.Length, later, after.Length, to + ((nint)y * targetPitch));
            }
        }
    }

    protected abstract void Row(byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target);

    private static void Rows(ReadOnlySpan<PlanePointer> planes, int y, byte** rows)
    {
        for (int i = 0; i < planes.Length; i++)
        {
            rows[i] = planes[i].Row(y);
        }
    }
}
