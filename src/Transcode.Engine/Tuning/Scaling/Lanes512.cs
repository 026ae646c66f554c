using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Four lanes: AVX-512 with its byte and word instructions.</summary>
internal unsafe struct Lanes512 : ILanes<Vector512<byte>>
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(short* from) => Vector512.Load((byte*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadBytes(byte* from) => Avx512BW.ConvertToVector512Int16(Vector256.Load(from)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LoadApart(short* from, nint shorts) =>
        Vector512.Create(
        Vector256.Create(Vector128.Load((byte*)from), Vector128.Load((byte*)(from + shorts))),
        Vector256.Create(Vector128.Load((byte*)(from + (2 * shorts))), Vector128.Load((byte*)(from + (3 * shorts)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<byte> value, short* to) => value.Store((byte*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector512<byte> value, byte** to, nint bytes)
    {
        value.GetLower().GetLower().Store(to[0] + bytes);
        value.GetLower().GetUpper().Store(to[4] + bytes);
        value.GetUpper().GetLower().Store(to[8] + bytes);
        value.GetUpper().GetUpper().Store(to[12] + bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Fill(int value) => Vector512.Create(value).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> MultiplyAdd(Vector512<byte> a, Vector512<byte> b) => Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Add(Vector512<byte> a, Vector512<byte> b) => (a.AsInt32() + b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ShiftRight(Vector512<byte> value, int bits) =>
        Avx512F.ShiftRightArithmetic(value.AsInt32(), Vector128.CreateScalar(bits)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ToShorts(Vector512<byte> a, Vector512<byte> b) => Avx512BW.PackSignedSaturate(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ToBytes(Vector512<byte> a, Vector512<byte> b) => Avx512BW.PackUnsignedSaturate(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Clamp(Vector512<byte> value, short largest) =>
        Vector512.Min(Vector512.Max(value.AsInt16(), Vector512<short>.Zero), Vector512.Create(largest)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipLow16(Vector512<byte> a, Vector512<byte> b) => Avx512BW.UnpackLow(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipHigh16(Vector512<byte> a, Vector512<byte> b) => Avx512BW.UnpackHigh(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipLow32(Vector512<byte> a, Vector512<byte> b) => Avx512F.UnpackLow(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipHigh32(Vector512<byte> a, Vector512<byte> b) => Avx512F.UnpackHigh(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipLow64(Vector512<byte> a, Vector512<byte> b) => Avx512F.UnpackLow(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> ZipHigh64(Vector512<byte> a, Vector512<byte> b) => Avx512F.UnpackHigh(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> TurnBytes(Vector512<byte> value)
    {
        Vector128<byte> places = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<byte> twice = Vector256.Create(places, places);
        return Avx512BW.Shuffle(value, Vector512.Create(twice, twice));
    }
}
