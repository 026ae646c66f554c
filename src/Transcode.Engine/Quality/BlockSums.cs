using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Quality;

/// <summary>What <see cref="Ssim"/> sums over blocks of 4×4 samples of two planes; of 10 bits at most, so that 32 bits hold it
/// even over four blocks.</summary>
/// <param name="A">Σa.</param>
/// <param name="B">Σb.</param>
/// <param name="Squares">Σ(a² + b²).</param>
/// <param name="Products">Σab.</param>
internal readonly record struct BlockSums(int A, int B, int Squares, int Products)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockSums operator +(BlockSums one, BlockSums other) =>
        new(one.A + other.A, one.B + other.B, one.Squares + other.Squares, one.Products + other.Products);

    /// <summary>One block, sample by sample.</summary>
    public static unsafe BlockSums Of<TSample>(byte* a, nint aPitch, byte* b, nint bPitch, int left)
        where TSample : unmanaged
    {
        int sumA = 0, sumB = 0, squares = 0, products = 0;
        for (int i = 0; i < Ssim.Block * Ssim.Block; i++)
        {
            int x = left + (i % Ssim.Block), y = i / Ssim.Block;
            int p = SamplePointer<TSample>.Get(a + (y * aPitch), x), q = SamplePointer<TSample>.Get(b + (y * bPitch), x);
            sumA += p;
            sumB += q;
            squares += (p * p) + (q * q);
            products += p * q;
        }

        return new(sumA, sumB, squares, products);
    }

    /// <summary>As many blocks of a row as whole vectors hold; their number is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe int Vectors<TSample, TLanes, TVector>(byte* a, nint aPitch, byte* b, nint bPitch, Span<BlockSums> blocks)
        where TSample : unmanaged
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        // Two neighbouring samples' sums, one vector after the other.
        int pairs = TLanes.Count / 2;
        int* sums = stackalloc int[4 * pairs];
        int whole = blocks.Length * Ssim.Block / TLanes.Count;
        for (int vector = 0; vector < whole; vector++)
        {
            nint x = (nint)vector * TLanes.Count;
            TVector sumA = TLanes.Fill(0), sumB = sumA, squares = sumA, products = sumA;
            for (int y = 0; y < Ssim.Block; y++)
            {
                TVector p = SampleVector<TSample, TLanes, TVector>.Load(a + (y * aPitch), x);
                TVector q = SampleVector<TSample, TLanes, TVector>.Load(b + (y * bPitch), x);
                sumA = TLanes.Add(sumA, p);
                sumB = TLanes.Add(sumB, q);
                squares = TLanes.AddInts(squares, TLanes.AddInts(TLanes.MultiplyAdd(p, p), TLanes.MultiplyAdd(q, q)));
                products = TLanes.AddInts(products, TLanes.MultiplyAdd(p, q));
            }

            TLanes.Store(TLanes.MultiplyAdd(sumA, TLanes.Fill(1)), sums);
            TLanes.Store(TLanes.MultiplyAdd(sumB, TLanes.Fill(1)), sums + pairs);
            TLanes.Store(squares, sums + (2 * pairs));
            TLanes.Store(products, sums + (3 * pairs));
            int first = vector * TLanes.Count / Ssim.Block;
            for (int i = 0; i < pairs; i += 2)
            {
                int* pair = sums + i;
                blocks[first + (i / 2)] = new(
                    pair[0] + pair[1],
                    pair[pairs] + pair[pairs + 1],
                    pair[2 * pairs] + pair[(2 * pairs) + 1],
                    pair[3 * pairs] + pair[(3 * pairs) + 1]);
            }
        }

        return whole * TLanes.Count / Ssim.Block;
    }
}
