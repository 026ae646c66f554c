using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>What the runtime offers for vectors of 16, 32 and 64 bytes alike, seen as shorts. Which of the three it is the
/// compiler knows, and leaves the others out.</summary>
/// <typeparam name="TVector">A vector of bytes. Each method asks for itself which: what a call has to say is known too late to be left out.</typeparam>
internal static unsafe class ShortLanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) + Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) + Two(b))
        : Of(One(a) + One(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Subtract(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) - Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) - Two(b))
        : Of(One(a) - One(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Min(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Vector512.Min(Four(a), Four(b)))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Vector256.Min(Two(a), Two(b)))
        : Of(Vector128.Min(One(a), One(b)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Max(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Vector512.Max(Four(a), Four(b)))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Vector256.Max(Two(a), Two(b)))
        : Of(Vector128.Max(One(a), One(b)));

    /// <summary>How far two are apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Distance(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Vector512.Abs(Four(a) - Four(b)))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Vector256.Abs(Two(a) - Two(b)))
        : Of(Vector128.Abs(One(a) - One(b)));

    /// <summary>Half of each, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Half(TVector a) => typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) >> 1)
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) >> 1)
        : Of(One(a) >> 1);

    /// <summary>Of ints.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ShiftRightInts(TVector a, int bits) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of((Four(a).AsInt32() >> bits).AsInt16())
        : typeof(TVector) == typeof(Vector256<byte>) ? Of((Two(a).AsInt32() >> bits).AsInt16())
        : Of((One(a).AsInt32() >> bits).AsInt16());

    /// <summary>One where <paramref name="a"/> is greater than <paramref name="b"/>, else the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector IfGreater(TVector a, TVector b, TVector one, TVector other) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Vector512.ConditionalSelect(Vector512.GreaterThan(Four(a), Four(b)), Four(one), Four(other)))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Vector256.ConditionalSelect(Vector256.GreaterThan(Two(a), Two(b)), Two(one), Two(other)))
        : Of(Vector128.ConditionalSelect(Vector128.GreaterThan(One(a), One(b)), One(one), One(other)));

    /// <summary>Shorts from 0 to 255 as bytes, half a vector of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(TVector value, byte* to)
    {
        if (typeof(TVector) == typeof(Vector512<byte>))
        {
            Avx512BW.ConvertToVector256Byte(Four(value).AsUInt16()).Store(to);
        }
        else if (typeof(TVector) == typeof(Vector256<byte>))
        {
            Vector128<short> lower = Two(value).GetLower();
            Vector128.Narrow(lower.AsUInt16(), Two(value).GetUpper().AsUInt16()).Store(to);
        }
        else
        {
            Vector64.Store(Vector128.Narrow(One(value).AsUInt16(), One(value).AsUInt16()).GetLower(), to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Four(TVector value) => Unsafe.BitCast<TVector, Vector512<short>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Two(TVector value) => Unsafe.BitCast<TVector, Vector256<short>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> One(TVector value) => Unsafe.BitCast<TVector, Vector128<short>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector512<short> value) => Unsafe.BitCast<Vector512<short>, TVector>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector256<short> value) => Unsafe.BitCast<Vector256<short>, TVector>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector128<short> value) => Unsafe.BitCast<Vector128<short>, TVector>(value);
}
