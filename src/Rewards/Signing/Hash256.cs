using System.Runtime.InteropServices;

namespace Rewards.Signing;

/// <summary>32 bytes that name something: a digest of SHA-256 or Keccak-256. A value, in order of its bytes, so that many lie
/// side by side in one array.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Hash256 : IComparable<Hash256>
{
    /// <summary>Bytes of one.</summary>
    public const int Length = 32;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;

    /// <param name="bytes">32 of them.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>All bytes 0.</summary>
    public static Hash256 Zero => default;

    /// <param name="text">64 hexadecimal digits of either case, with or without <c>0x</c> before them.</param>
    /// <param name="hash">What they say.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool read = Hexadecimal.TryRead(text, bytes);
        hash = read ? new(bytes) : default;
        return read;
    }

    /// <exception cref="FormatException">It is not 64 hexadecimal digits.</exception>
    public static Hash256 Parse(ReadOnlySpan<char> text) => TryParse(text, out Hash256 hash)
        ? hash
        : throw new FormatException("A hash is 64 hexadecimal digits, with or without 0x before them.");

    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>As numbers, big-endian: the order contracts sort pairs by.</summary>
    public int CompareTo(Hash256 other) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in this)).SequenceCompareTo(MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in other)));

    /// <summary><c>0x</c> and 64 lower-case digits.</summary>
    public override string ToString() => Hexadecimal.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Hash256>(in this)));
}
