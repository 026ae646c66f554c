using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>The samples halfway between others, by H.264's filter of six (ITU-T H.264, 8.4.2.2.1): 1, −5, 20, 20, −5, 1.</summary>
internal static unsafe class HalfSamples
{
    private const int Step = 16;

    /// <param name="first">The picture's first sample.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="plane">Bytes from a sample to its neighbour half a sample to the right; twice as many to that below.</param>
    /// <param name="width">Of the picture, and of what lies around it on both sides; rows go on for another 16 samples.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="border">Around it: its samples are found, too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(byte* first, nint stride, nint plane, int width, int height, int border)
    {
        for (int y = -border; y < height + border; y++)
        {
            byte* row = first + (y * stride);
            for (int x = -border; x < width + border; x += Step)
            {
                Filter(row + x, 1).Store(row + x + plane);
                Filter(row + x, stride).Store(row + x + (2 * plane));
            }
        }

        // In both directions: down over those that lie between in a row.
        for (int y = 2 - border; y < height + border - 3; y++)
        {
            byte* row = first + (y * stride) + plane;
            for (int x = -border; x < width + border; x += Step)
            {
                Filter(row + x, stride).Store(row + x + (2 * plane));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Filter(byte* at, nint step)
    {
        Vector256<short> outer = Samples(at - (2 * step)) + Samples(at + (3 * step));
        Vector256<short> middle = Samples(at - step) + Samples(at + (2 * step));
        Vector256<short> inner = Samples(at) + Samples(at + step);
        Vector256<short> sum = outer + (((inner << 2) - middle) * Vector256.Create((short)5)) + Vector256.Create((short)16);
        Vector256<ushort> value = Vector256.Min(Vector256.Max(sum >> 5, Vector256<short>.Zero), Vector256.Create((short)byte.MaxValue)).AsUInt16();
        return Vector128.Narrow(value.GetLower(), value.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Samples(byte* at)
    {
        Vector128<byte> samples = Vector128.Load(at);
        return Vector256.Create(Vector128.WidenLower(samples), Vector128.WidenUpper(samples)).AsInt16();
    }
}
