using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Deband;

/// <summary>Smooths steps between flat areas: where a sample is near the mean of four others around it, mirrored in it across
/// and down, it becomes that mean, with an ordered pattern in place of what the mean has between two code values (the rule of
/// libavfilter's deband with a fixed distance and direction).</summary>
/// <remarks>
/// With s the sum of the samples at (x ± reach, y ± reach), held within the picture: where |c − ⌊s/4⌋| is less than the
/// threshold, ⌊(s + d)/4⌋, else c. d is 0 without dither; with it the threshold of (x, y) in the 2×2 Bayer matrix
/// 0 2 / 3 1, which is what an 8×8 one has for the two bits that a mean of four drops. Whole numbers, the same by every width.
/// </remarks>
/// <param name="shape">Of both planes.</param>
/// <param name="options">What to smooth.</param>
internal abstract unsafe class Debander(PlaneShape shape, DebandOptions options)
{
    protected PlaneShape Shape { get; } = shape;

    protected DebandOptions Options { get; } = options;

    /// <param name="shape">Of both planes.</param>
    /// <param name="options">What to smooth.</param>
    /// <param name="width">How to compute; the bytes are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Debander For(PlaneShape shape, DebandOptions options, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Reach, Math.Clamp(options.Reach, 1, DebandOptions.LargestReach), nameof(options));
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Threshold, Math.Clamp(options.Threshold, 1, shape.Largest), nameof(options));
        return width switch
        {
            LaneWidth.None => new ScalarDebander(shape, options),
            LaneWidth.Plain => new VectorDebander<Lanes128<Instructions.Plain>, Vector128<ushort>>(shape, options),
            LaneWidth.One => new VectorDebander<Lanes128<Instructions.Own>, Vector128<ushort>>(shape, options),
            LaneWidth.Two => new VectorDebander<Lanes256, Vector256<ushort>>(shape, options),
            LaneWidth.Four => new VectorDebander<Lanes512, Vector512<ushort>>(shape, options),
            _ => throw new ArgumentOutOfRangeException(nameof(width)),
        };
    }

    /// <summary>Smooths one plane. Nothing but the samples of rows is read or written.</summary>
    /// <param name="source">Its rows, the first sample first.</param>
    /// <param name="sourcePitch">Bytes from one row to the next.</param>
    /// <param name="target">Not the source's memory.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Deband(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        Shape.Check(source.Length, sourcePitch, nameof(source));
        Shape.Check(target.Length, targetPitch, nameof(target));
        fixed (byte* from = source, to = target)
        {
            for (int y = 0; y < Shape.Height; y++)
            {
                byte* above = from + ((nint)Math.Max(0, y - Options.Reach) * sourcePitch);
                byte* below = from + ((nint)Math.Min(Shape.Height - 1, y + Options.Reach) * sourcePitch);
                Row(y, from + ((nint)y * sourcePitch), above, below, to + ((nint)y * targetPitch));
            }
        }
    }

    protected abstract void Row(int y, byte* row, byte* above, byte* below, byte* target);
}
