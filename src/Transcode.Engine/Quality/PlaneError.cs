using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Quality;

/// <summary>How far two planes are apart: the sum of squared differences, exactly, and the peak signal-to-noise ratio from it
/// (ITU-T J.340; libavfilter's psnr).</summary>
internal static unsafe class PlaneError
{
    /// <summary>Vectors whose squares are added before they are taken together: two a lane of 1,023² leave room for a thousand.</summary>
    private const int Together = 512;

    /// <summary>Σ(a − b)². Nothing but the samples of rows is read.</summary>
    /// <param name="shape">Of both planes.</param>
    /// <param name="a">Its rows, the first sample first.</param>
    /// <param name="aPitch">Bytes from one row to the next.</param>
    /// <param name="b">Alike.</param>
    /// <param name="bPitch">Bytes from one row to the next.</param>
    /// <param name="width">How to compute; the sum is the same.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public static long Squared(PlaneShape shape, ReadOnlySpan<byte> a, int aPitch, ReadOnlySpan<byte> b, int bPitch, LaneWidth width)
    {
        shape.Check(a.Length, aPitch, nameof(a));
        shape.Check(b.Length, bPitch, nameof(b));
        fixed (byte* one = a, other = b)
        {
            long sum = 0;
            for (int y = 0; y < shape.Height; y++)
            {
                byte* from = one + ((nint)y * aPitch), to = other + ((nint)y * bPitch);
                sum += shape.SampleBytes == 1 ? Row<byte>(from, to, shape.Width, width) : Row<ushort>(from, to, shape.Width, width);
            }

            return sum;
        }
    }

    /// <summary>In dB; without end where nothing differs.</summary>
    /// <param name="squared">Σ(a − b)².</param>
    /// <param name="samples">As many were compared.</param>
    /// <param name="bits">Of a sample.</param>
    public static double Psnr(double squared, long samples, int bits)
    {
        double largest = (1 << bits) - 1;
        return 10 * Math.Log10(largest * largest * samples / squared);
    }

    private static long Row<TSample>(byte* a, byte* b, int count, LaneWidth width)
        where TSample : unmanaged => width switch
        {
            LaneWidth.None => Scalar<TSample>(a, b, 0, count),
            LaneWidth.Plain => Vectors<TSample, Lanes128<Instructions.Plain>, Vector128<ushort>>(a, b, count),
            LaneWidth.One => Vectors<TSample, Lanes128<Instructions.Own>, Vector128<ushort>>(a, b, count),
            LaneWidth.Two => Vectors<TSample, Lanes256, Vector256<ushort>>(a, b, count),
            LaneWidth.Four => Vectors<TSample, Lanes512, Vector512<ushort>>(a, b, count),
            _ => throw new ArgumentOutOfRangeException(nameof(width)),
        };

    private static long Scalar<TSample>(byte* a, byte* b, nint first, int end)
        where TSample : unmanaged
    {
        long sum = 0;
        for (nint x = first; x < end; x++)
        {
            int difference = SamplePointer<TSample>.Get(a, x) - SamplePointer<TSample>.Get(b, x);
            sum += difference * difference;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Vectors<TSample, TLanes, TVector>(byte* a, byte* b, int count)
        where TSample : unmanaged
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        long sum = 0;
        nint x = 0;
        while (x + TLanes.Count <= count)
        {
            TVector squares = TLanes.Fill(0);
            for (int i = 0; i < Together && x + TLanes.Count <= count; i++)
            {
                TVector difference = TLanes.Subtract(SampleVector<TSample, TLanes, TVector>.Load(a, x), SampleVector<TSample, TLanes, TVector>.Load(b, x));
                squares = TLanes.AddInts(squares, TLanes.MultiplyAdd(difference, difference));
                x += TLanes.Count;
            }

            sum += TLanes.Sum(squares);
        }

        return sum + Scalar<TSample>(a, b, x, count);
    }
}
