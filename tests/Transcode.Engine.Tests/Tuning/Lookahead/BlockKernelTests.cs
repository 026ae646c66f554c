using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Lookahead;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Lookahead;

/// <summary>The vectors compute what the formulas say.</summary>
public sealed unsafe class BlockKernelTests
{
    private const int Side = BlockKernels.Side;
    private const int Stride = 40;

    public static TheoryData<int> Seeds => [0, 1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sad_OfTwoBlocks_IsTheSumOfTheirDifferences(int seed)
    {
        byte[] a = Block(seed), b = Block(seed + 100), c = Block(seed + 200);
        int expected = Places().Sum(i => Math.Abs(a[i] - b[i]));
        int expectedToMean = Places().Sum(i => Math.Abs(a[i] - ((b[i] + c[i] + 1) >> 1)));
        fixed (byte* x = a, y = b, z = c)
        {
            Assert.Equal(expected, BlockKernels.Sad(x, Stride, y, Stride));
            Assert.Equal(expectedToMean, BlockKernels.SadToMean(x, y, z, Stride));
        }
    }

    /// <summary>Against the matrix of Walsh and Hadamard, multiplied out.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Satd_OfABlock_IsTheSumOfItsTransform(int seed)
    {
        byte[] a = Block(seed), b = Block(seed + 100);
        long sum = 0;
        for (int u = 0; u < Side; u++)
        {
            for (int v = 0; v < Side; v++)
            {
                int coefficient = 0;
                for (int y = 0; y < Side; y++)
                {
                    for (int x = 0; x < Side; x++)
                    {
                        coefficient += Sign(u, y) * Sign(v, x) * (a[(y * Stride) + x] - b[(y * Stride) + x]);
                    }
                }

                sum += Math.Abs(coefficient);
            }
        }

        fixed (byte* x = a, y = b)
        {
            Assert.Equal((sum + 2) / 4, BlockKernels.Satd(Difference(x, y, 0), Difference(x, y, 1), Difference(x, y, 2), Difference(x, y, 3)));
        }
    }

    private static int Sign(int row, int column) => (int.PopCount(row & column) & 1) == 0 ? 1 : -1;

    private static Vector256<short> Difference(byte* a, byte* b, int row) =>
        BlockKernels.Rows(a + (row * Stride), Stride) - BlockKernels.Rows(b + (row * Stride), Stride);

    private static IEnumerable<int> Places() => Enumerable.Range(0, Side * Side).Select(i => (i / Side * Stride) + (i % Side));

    /// <summary>Noise; the first two are black and white, where sums are largest.</summary>
    private static byte[] Block(int seed)
    {
        byte[] block = new byte[Stride * Side];
        if (seed == 0 || seed == 101)
        {
            return block;
        }

        new Random(seed).NextBytes(block);
        if (seed is 1 or 100)
        {
            Array.Fill(block, (byte)255);
        }

        return block;
    }
}
