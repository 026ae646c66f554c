using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>How much texture a block of 32×32 samples has: the sum of its weighted DCT coefficients, as VCA has it (Menon et al.,
/// VCA: video complexity analyzer, 2022). Not for two threads at once.</summary>
/// <remarks>
/// The transform is H.265's (ITU-T H.265, 8.6.4.2) forwards: down, rounded by 4 bits and what samples have beyond 8, then across,
/// rounded by 11. Coefficient (u, v) counts ⌊w·|c|/256⌋ with w = ⌊255·exp((u·v/32²)² − 1)⌋, u and v from 1 on; the mean counts
/// nothing, and the two lowest others 27.
/// </remarks>
internal abstract unsafe class BlockEnergy
{
    public const int Side = 32;

    /// <summary>A row of the matrix a coefficient.</summary>
    protected static readonly short[] Basis = MakeBasis();

    /// <summary>A weight a coefficient, times 256.</summary>
    protected static readonly ushort[] Weights = MakeWeights();

    /// <inheritdoc cref="Basis"/>
    public static ReadOnlySpan<short> Coefficients => Basis;

    /// <inheritdoc cref="Weights"/>
    public static ReadOnlySpan<ushort> CoefficientWeights => Weights;

    public static BlockEnergy For(LaneWidth width) => width switch
    {
        LaneWidth.None => new ScalarBlockEnergy(),
        LaneWidth.Plain => new VectorBlockEnergy<Lanes128<Instructions.Plain>, Vector128<ushort>>(),
        LaneWidth.One => new VectorBlockEnergy<Lanes128<Instructions.Own>, Vector128<ushort>>(),
        LaneWidth.Two => new VectorBlockEnergy<Lanes256, Vector256<ushort>>(),
        LaneWidth.Four => new VectorBlockEnergy<Lanes512, Vector512<ushort>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };

    /// <param name="block">Its samples, row after row, in 16-bit words. What is there afterwards is anything.</param>
    /// <param name="bits">Of a sample.</param>
    public abstract int Of(ushort* block, int bits);

    private static short[] MakeBasis()
    {
        // The standard's first column of odd rows, for 32, 16, 8 and 4 samples: a row is one of them, read at its own angle.
        ReadOnlySpan<short> quarter = [64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25, 22, 18, 13, 9, 4];
        var basis = new short[Side * Side];
        for (int u = 0; u < Side; u++)
        {
            for (int x = 0; x < Side; x++)
            {
                // cos(angle·π/64), of which the table has 0 to 31.
                int angle = u * ((2 * x) + 1) % 128;
                angle = angle > 64 ? 128 - angle : angle;
                basis[(u * Side) + x] = (short)(u == 0 ? 64 : angle < 32 ? quarter[angle] : angle == 32 ? 0 : -quarter[64 - angle]);
            }
        }

        return basis;
    }

    private static ushort[] MakeWeights()
    {
        var weights = new ushort[Side * Side];
        for (int i = 0; i < weights.Length; i++)
        {
            double product = ((i / Side) + 1.0) * ((i % Side) + 1) / (Side * Side);
            weights[i] = (ushort)(256 * (int)(255 * Math.Exp((product * product) - 1)));
        }

        weights[0] = 0;
        weights[1] = weights[Side] = 27 * 256;
        return weights;
    }
}
