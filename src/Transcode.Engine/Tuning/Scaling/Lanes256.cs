using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Two lanes: AVX2.</summary>
internal unsafe struct Lanes256 : ILanes<Vector256<byte>>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(short* from) => Vector256.Load((byte*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadBytes(byte* from) => Avx2.ConvertToVector256Int16(from).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadApart(short* from, nint shorts) =>
        Vector256.Create(Vector128.Load((byte*)from), Vector128.Load((byte*)(from + shorts)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<byte> value, short* to) => value.Store((byte*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreApart(Vector256<byte> value, byte** to, nint bytes)
    {
        value.GetLower().Store(to[0] + bytes);
        value.GetUpper().Store(to[4] + bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Fill(int value) => Vector256.Create(value).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> MultiplyAdd(Vector256<byte> a, Vector256<byte> b) => Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Add(Vector256<byte> a, Vector256<byte> b) => (a.AsInt32() + b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ShiftRight(Vector256<byte> value, int bits) =>
        Avx2.ShiftRightArithmetic(value.AsInt32(), Vector128.CreateScalar(bits)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ToShorts(Vector256<byte> a, Vector256<byte> b) => Avx2.PackSignedSaturate(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ToBytes(Vector256<byte> a, Vector256<byte> b) => Avx2.PackUnsignedSaturate(a.AsInt16(), b.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Clamp(Vector256<byte> value, short largest) =>
        Vector256.Min(Vector256.Max(value.AsInt16(), Vector256<short>.Zero), Vector256.Create(largest)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipLow16(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackLow(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipHigh16(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackHigh(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipLow32(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackLow(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipHigh32(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackHigh(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipLow64(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackLow(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ZipHigh64(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackHigh(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> TurnBytes(Vector256<byte> value) => Avx2.Shuffle(
        value,
        Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
}
