using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Sharpening;

/// <summary>Sharpens brightness by contrast: the less contrast there is already around a sample, and the further from black and
/// white it is, the more (AMD FidelityFX Contrast Adaptive Sharpening, in the form libavfilter's cas has).</summary>
/// <remarks>
/// Of a sample's neighbours within 3×3, which repeat the picture's edges: n is the least of the cross plus the least of all
/// nine, m the same of the largest, and r = clamp(min(n, 2·2^bits − 1 − m)/m, 0, 1), 0 where m is. With
/// w = −√r/(16 − 11.99·strength), the result is ((above + left + right + below)·w + sample)/(1 + 4·w), held
/// within the range and rounded to the nearest, so that flat stays flat. All of it is single precision with one rounding an operation, additions, products, quotients and roots
/// only: IEEE 754 leaves no choice, so every machine and width makes the same bytes.
/// </remarks>
/// <param name="shape">Of both planes.</param>
/// <param name="hundredths">Of the strength: 0, which still sharpens a little, to 100.</param>
internal abstract unsafe class Sharpener(PlaneShape shape, int hundredths)
{
    public const int Strongest = 100;

    protected PlaneShape Shape { get; } = shape;

    /// <summary>What the root is divided by for the weight, below zero.</summary>
    protected float Divisor { get; } = DivisorOf(hundredths);

    /// <inheritdoc cref="Divisor"/>
    public static float DivisorOf(int hundredths) => -(16f + ((4.01f - 16f) * (hundredths / 100f)));

    /// <param name="shape">Of both planes.</param>
    /// <param name="hundredths">Of the strength, 0 to <see cref="Strongest"/>.</param>
    /// <param name="width">How to compute; the bytes are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of its range.</exception>
    public static Sharpener For(PlaneShape shape, int hundredths, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hundredths, Strongest);
        return width switch
        {
            LaneWidth.None => new ScalarSharpener(shape, hundredths),
            LaneWidth.Plain => new VectorSharpener<Lanes128<Instructions.Plain>, Vector128<ushort>>(shape, hundredths),
            LaneWidth.One => new VectorSharpener<Lanes128<Instructions.Own>, Vector128<ushort>>(shape, hundredths),
            LaneWidth.Two => new VectorSharpener<Lanes256, Vector256<ushort>>(shape, hundredths),
            LaneWidth.Four => new VectorSharpener<Lanes512, Vector512<ushort>>(shape, hundredths),
            _ => throw new ArgumentOutOfRangeException(nameof(width)),
        };
    }

    /// <summary>Sharpens one plane. Nothing but the samples of rows is read or written.</summary>
    /// <param name="source">Its rows, the first sample first.</param>
    /// <param name="sourcePitch">Bytes from one row to the next.</param>
    /// <param name="target">Not the source's memory.</param>
    /// <param name="targetPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Sharpen(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        Shape.Check(source.Length, sourcePitch, nameof(source));
        Shape.Check(target.Length, targetPitch, nameof(target));
        fixed (byte* from = source, to = target)
        {
            for (int y = 0; y < Shape.Height; y++)
            {
                byte* above = from + ((nint)Math.Max(0, y - 1) * sourcePitch);
                byte* below = from + ((nint)Math.Min(Shape.Height - 1, y + 1) * sourcePitch);
                Row(above, from + ((nint)y * sourcePitch), below, to + ((nint)y * targetPitch));
            }
        }
    }

    protected abstract void Row(byte* above, byte* row, byte* below, byte* target);
}
