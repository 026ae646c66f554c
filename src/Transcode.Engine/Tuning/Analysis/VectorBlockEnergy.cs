using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The arithmetic of <see cref="BlockEnergy"/> by vectors: neighbouring columns side by side, two rows at a time; going
/// across is going down the turned block.</summary>
internal sealed unsafe class VectorBlockEnergy<TLanes, TVector> : BlockEnergy
    where TLanes : ILanes<TVector>
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
        TVector sum = TLanes.Fill(0), one = TLanes.Fill(1);
        fixed (ushort* weights = Weights)
        {
            for (nint i = 0; i < Side * Side; i += TLanes.Count)
            {
                TVector size = TLanes.Abs(TLanes.Load(middle + i));
                sum = TLanes.AddInts(sum, TLanes.MultiplyAdd(TLanes.MultiplyHigh(size, TLanes.Load(weights + i)), one));
            }
        }

        return (int)TLanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Down(ushort* from, ushort* to, ushort* zipped, int shift)
    {
        int width = TLanes.Count;
        TVector rounding = TLanes.FillPair((ushort)(1 << (shift - 1)), 0);
        fixed (short* basis = Basis)
        {
            for (nint x = 0; x < Side; x += width)
            {
                for (nint y = 0; y < Side; y += 2)
                {
                    TVector upper = TLanes.Load(from + (y * Side) + x), lower = TLanes.Load(from + ((y + 1) * Side) + x);
                    TLanes.Store(TLanes.ZipLow(upper, lower), zipped + (y * width));
                    TLanes.Store(TLanes.ZipHigh(upper, lower), zipped + ((y + 1) * width));
                }

                // Two coefficients at a time, which share what is loaded.
                for (nint coefficient = 0; coefficient < Side; coefficient += 2)
                {
                    TVector low = rounding, high = rounding, nextLow = rounding, nextHigh = rounding;
                    var factors = (ushort*)(basis + (coefficient * Side));
                    for (nint y = 0; y < Side; y += 2)
                    {
                        TVector upper = TLanes.Load(zipped + (y * width)), lower = TLanes.Load(zipped + ((y + 1) * width));
                        TVector pair = Pair(factors + y);
                        low = TLanes.AddInts(low, TLanes.MultiplyAdd(upper, pair));
                        high = TLanes.AddInts(high, TLanes.MultiplyAdd(lower, pair));
                        pair = Pair(factors + Side + y);
                        nextLow = TLanes.AddInts(nextLow, TLanes.MultiplyAdd(upper, pair));
                        nextHigh = TLanes.AddInts(nextHigh, TLanes.MultiplyAdd(lower, pair));
                    }

                    ushort* made = to + (coefficient * Side) + x;
                    TLanes.Store(TLanes.Pack(TLanes.ShiftRightInts(low, shift), TLanes.ShiftRightInts(high, shift)), made);
                    TLanes.Store(TLanes.Pack(TLanes.ShiftRightInts(nextLow, shift), TLanes.ShiftRightInts(nextHigh, shift)), made + Side);
                }
            }
        }
    }

    /// <summary>Two factors in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Pair(ushort* factors) => TLanes.FillPair(factors[0], factors[1]);
}
