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
        for (int i = 0; i < Side * Side; i++)
        {
            block[(i % Side * Side) + (i / Side)] = middle[i];
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

                for (nint coefficient = 0; coefficient < Side; coefficient++)
                {
                    TVector low = rounding, high = rounding;
                    var factors = (ushort*)(basis + (coefficient * Side));
                    for (nint y = 0; y < Side; y += 2)
                    {
                        TVector pair = TWords.FillPair(factors[y], factors[y + 1]);
                        low = TWords.AddInts(low, TWords.MultiplyAdd(TWords.Load(zipped + (y * width)), pair));
                        high = TWords.AddInts(high, TWords.MultiplyAdd(TWords.Load(zipped + ((y + 1) * width)), pair));
                    }

                    TWords.Store(
                        TWords.Pack(TWords.ShiftRightInts(low, shift), TWords.ShiftRightInts(high, shift)), to + (coefficient * Side) + x);
                }
            }
        }
    }
}
