using System.Runtime.CompilerServices;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Planes;

/// <summary>Samples of 8 bits, or of more in 16-bit words, read and written a vector of words at a time.</summary>
/// <typeparam name="TSample"><see cref="byte"/> or <see cref="ushort"/>.</typeparam>
/// <typeparam name="TWords">How wide.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
internal static unsafe class SampleVector<TSample, TWords, TVector>
    where TSample : unmanaged
    where TWords : IWords<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* row, nint x) => typeof(TSample) == typeof(byte) ? TWords.LoadBytes(row + x) : TWords.Load((ushort*)row + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector value, byte* row, nint x)
    {
        if (typeof(TSample) == typeof(byte))
        {
            TWords.StoreBytes(value, row + x);
        }
        else
        {
            TWords.Store(value, (ushort*)row + x);
        }
    }
}
