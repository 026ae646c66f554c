using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The arithmetic of <see cref="BlockEnergy"/> by vectors: neighbouring columns side by side, two rows at a time; going
/// across is going down the turned block.</summary>
internal sealed unsafe class VectorBlockEnergy<TWords, TVector> : BlockEnergy
    where TWords : IWords<TVector>
    where TVector : struct
{
    private readonly ushort[] memory = GC.AllocateArray<ushort>(3 * Side * Side, pinned: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Of(ushort* block, int bits)
    {
        var middle = (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        ushort* zipped = middle + (Side * Side);
        Down(block, middle, zipped, 4 + bits - 8);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                block[(x * Side) + y] = middle[(y * Side) + x];
            }
        }

        Down(block, middle, zipped, 11);

        // Turned, as the weights are, too: they are the same both ways.
        TVector sum = TWords.Fill(0), none = sum, one = TWords.Fill(1);
        fixed (ushort* weights = Weights)
        {
            for (nint i = 0; i < Side * Side; i += TWords.Count)
            {
                TVector value = TWords.Load(middle + i);
                TVector size = TWords.Min(value, TWords.Subtract(none, value));
                sum = TWords.AddInts(sum, TWords.MultiplyAdd(TWords.MultiplyHigh(size, TWords.Load(weights + i)), one));
            }
        }

        return (int)TWords.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Down(ushort* from, ushort* to, ushort* zipped, int shift)
    {
        int width = TWords.Count;
        TVector rounding = TWords.FillPair((ushort)(1 << (shift - 1)), 0);
        fixed (short* basis = Basis)
        {
            for (nint x = 0; x < Side; x += width)
            {
                for (nint y = 0; y < Side; y += 2)
                {
                    TVector upper = TWords.Load(from + (y * Side) + x), lower = TWords.Load(from + ((y + 1) * Side) + x);
                    TWords.Store(TWords.ZipLow(upper, lower), zipped + (y * width));
                    TWords.Store(TWords.ZipHigh(upper, lower), zipped + ((y + 1) * width));
                }

                // Two coefficients at a time, which share what is loaded.
                for (nint coefficient = 0; coefficient < Side; coefficient += 2)
                {
                    TVector low = rounding, high = rounding, nextLow = rounding, nextHigh = rounding;
                    var factors = (ushort*)(basis + (coefficient * Side));
                    for (nint y = 0; y < Side; y += 2)
                    {
                        TVector upper = TWords.Load(zipped + (y * width)), lower = TWords.Load(zipped + ((y + 1) * width));
                        TVector pair = Pair(factors + y);
                        low = TWords.AddInts(low, TWords.MultiplyAdd(upper, pair));
                        high = TWords.AddInts(high, TWords.MultiplyAdd(lower, pair));
                        pair = Pair(factors + Side + y);
                        nextLow = TWords.AddInts(nextLow, TWords.MultiplyAdd(upper, pair));
                        nextHigh = TWords.AddInts(nextHigh, TWords.MultiplyAdd(lower, pair));
                    }

                    ushort* made = to + (coefficient * Side) + x;
                    TWords.Store(TWords.Pack(TWords.ShiftRightInts(low, shift), TWords.ShiftRightInts(high, shift)), made);
                    TWords.Store(TWords.Pack(TWords.ShiftRightInts(nextLow, shift), TWords.ShiftRightInts(nextHigh, shift)), made + Side);
                }
            }
        }
    }

    /// <summary>Two factors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Pair(ushort* factors) => TWords.FillPair(factors[0], factors[1]);
}
