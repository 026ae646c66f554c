using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>What the runtime offers for vectors of 16, 32 and 64 bytes alike, seen as ints. Which of the three it is the compiler
/// knows, and leaves the others out.</summary>
/// <typeparam name="TVector">A vector of bytes. Each method asks for itself which: what a call has to say is known too late to be left out.</typeparam>
internal static unsafe class IntLanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Subtract(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) - Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) - Two(b))
        : Of(One(a) - One(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Multiply(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) * Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) * Two(b))
        : Of(One(a) * One(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Or(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) | Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) | Two(b))
        : Of(One(a) | One(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector And(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) & Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) & Two(b))
        : Of(One(a) & One(b));

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ShiftLeft(TVector a, int bits) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) << bits)
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) << bits)
        : Of(One(a) << bits);

    /// <summary>Keeping the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ShiftRight(TVector a, int bits) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) >> bits)
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) >> bits)
        : Of(One(a) >> bits);

    /// <summary>Without regard to the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ShiftRightLogical(TVector a, int bits) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Four(a) >>> bits)
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Two(a) >>> bits)
        : Of(One(a) >>> bits);

    /// <summary>Whether any of <paramref name="a"/> is greater than its counterpart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(TVector a, TVector b) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Vector512.GreaterThanAny(Four(a), Four(b))
        : typeof(TVector) == typeof(Vector256<byte>) ? Vector256.GreaterThanAny(Two(a), Two(b))
        : Vector128.GreaterThanAny(One(a), One(b));

    /// <summary>The bits of each as a single-precision float, rounded to nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector FloatBits(TVector a) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Vector512.ConvertToSingle(Four(a)).AsInt32())
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Vector256.ConvertToSingle(Two(a)).AsInt32())
        : Of(Vector128.ConvertToSingle(One(a)).AsInt32());

    /// <summary>The larger of two ratios, each divided in single precision, but at most <paramref name="most"/>; times <paramref name="scale"/>,
    /// rounded towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LargerRatio(TVector a, TVector aBy, TVector b, TVector bBy, float most, float scale)
    {
        if (typeof(TVector) == typeof(Vector512<byte>))
        {
            Vector512<float> ratio = Vector512.Max(
                Vector512.ConvertToSingle(Four(a)) / Vector512.ConvertToSingle(Four(aBy)), Vector512.ConvertToSingle(Four(b)) / Vector512.ConvertToSingle(Four(bBy)));
            return Of(Vector512.ConvertToInt32Native(Vector512.Min(ratio, Vector512.Create(most)) * scale));
        }

        if (typeof(TVector) == typeof(Vector256<byte>))
        {
            Vector256<float> ratio = Vector256.Max(
                Vector256.ConvertToSingle(Two(a)) / Vector256.ConvertToSingle(Two(aBy)), Vector256.ConvertToSingle(Two(b)) / Vector256.ConvertToSingle(Two(bBy)));
            return Of(Vector256.ConvertToInt32Native(Vector256.Min(ratio, Vector256.Create(most)) * scale));
        }

        Vector128<float> one = Vector128.Max(
            Vector128.ConvertToSingle(One(a)) / Vector128.ConvertToSingle(One(aBy)), Vector128.ConvertToSingle(One(b)) / Vector128.ConvertToSingle(One(bBy)));
        return Of(Vector128.ConvertToInt32Native(Vector128.Min(one, Vector128.Create(most)) * scale));
    }

    /// <summary>Shorts, each as an int.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadShorts(short* from) =>
        typeof(TVector) == typeof(Vector512<byte>) ? Of(Avx512F.ConvertToVector512Int32(Vector256.Load(from)))
        : typeof(TVector) == typeof(Vector256<byte>) ? Of(Avx2.ConvertToVector256Int32(Vector128.Load(from)))
        : Of(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)from).AsInt16()));

    /// <summary>Ints that are shorts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreShorts(TVector value, short* to)
    {
        if (typeof(TVector) == typeof(Vector512<byte>))
        {
            Avx512F.ConvertToVector256Int16(Four(value)).Store(to);
        }
        else if (typeof(TVector) == typeof(Vector256<byte>))
        {
            Vector128.Narrow(Two(value).GetLower(), Two(value).GetUpper()).Store(to);
        }
        else
        {
            *(long*)to = Vector128.Narrow(One(value), One(value)).AsInt64().ToScalar();
        }
    }

    /// <summary>Ints that are bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(TVector value, byte* to)
    {
        if (typeof(TVector) == typeof(Vector512<byte>))
        {
            Avx512F.ConvertToVector128Byte(Four(value).AsUInt32()).Store(to);
        }
        else if (typeof(TVector) == typeof(Vector256<byte>))
        {
            Vector128<short> shorts = Vector128.Narrow(Two(value).GetLower(), Two(value).GetUpper());
            *(long*)to = Vector128.Narrow(shorts, shorts).AsInt64().ToScalar();
        }
        else
        {
            Vector128<short> shorts = Vector128.Narrow(One(value), One(value));
            *(int*)to = Vector128.Narrow(shorts, shorts).AsInt32().ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Four(TVector value) => Unsafe.BitCast<TVector, Vector512<int>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Two(TVector value) => Unsafe.BitCast<TVector, Vector256<int>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> One(TVector value) => Unsafe.BitCast<TVector, Vector128<int>>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector512<int> value) => Unsafe.BitCast<Vector512<int>, TVector>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector256<int> value) => Unsafe.BitCast<Vector256<int>, TVector>(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of(Vector128<int> value) => Unsafe.BitCast<Vector128<int>, TVector>(value);
}
