using System.Runtime.CompilerServices;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>Samples of 8 bits, or of more in 16-bit words, read and written one at a time.</summary>
/// <typeparam name="TSample"><see cref="byte"/> or <see cref="ushort"/>.</typeparam>
internal static unsafe class SamplePointer<TSample>
    where TSample : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Get(byte* row, nint x) => typeof(TSample) == typeof(byte) ? row[x] : ((ushort*)row)[x];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(byte* row, nint x, int sample)
    {
        if (typeof(TSample) == typeof(byte))
        {
            row[x] = (byte)sample;
        }
        else
        {
            ((ushort*)row)[x] = (ushort)sample;
        }
    }
}
