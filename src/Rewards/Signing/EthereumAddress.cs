using System.Buffers.Binary;
using System.Text;

namespace Rewards.Signing;

/// <summary>Who signs or is paid: the last 20 bytes of the Keccak-256 of a secp256k1 public key.</summary>
public readonly record struct EthereumAddress : IComparable<EthereumAddress>
{
    /// <summary>Bytes of one.</summary>
    public const int Length = 20;

    private readonly UInt128 _high;
    private readonly uint _low;

    /// <param name="bytes">20 of them.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public EthereumAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"An address has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>Nobody.</summary>
    public static EthereumAddress Zero => default;

    /// <summary>Reads an address. One of mixed case must have the case that its EIP-55 checksum asks for.</summary>
    /// <param name="text"><c>0x</c> and 40 hexadecimal digits.</param>
    /// <param name="address">What it says.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out EthereumAddress address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        address = default;
        if (!text.StartsWith("0x") || !Hexadecimal.TryRead(text, bytes))
        {
            return false;
        }

        address = new(bytes);
        ReadOnlySpan<char> digits = text[2..];
        return !digits.ContainsAnyInRange('A', 'F') || !digits.ContainsAnyInRange('a', 'f') || text.SequenceEqual(address.ToString());
    }

    /// <exception cref="FormatException">It is no address, or its checksum does not hold.</exception>
    public static EthereumAddress Parse(ReadOnlySpan<char> text) => TryParse(text, out EthereumAddress address)
        ? address
        : throw new FormatException("An address is 0x and 40 hexadecimal digits; where their case is mixed, it must be that of its checksum (EIP-55).");

    public static bool operator <(EthereumAddress left, EthereumAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(EthereumAddress left, EthereumAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(EthereumAddress left, EthereumAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EthereumAddress left, EthereumAddress right) => left.CompareTo(right) >= 0;

    /// <param name="destination">At least 20 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    public int CompareTo(EthereumAddress other) => (_high, _low).CompareTo((other._high, other._low));

    /// <summary>With the checksum of EIP-55: a letter is upper case where the same digit of the Keccak-256 of the lower-case
    /// digits is 8 or more.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        char[] digits = Convert.ToHexStringLower(bytes).ToCharArray();
        Span<byte> hash = stackalloc byte[Hash256.Length];
        Keccak256.Of(Encoding.ASCII.GetBytes(digits)).CopyTo(hash);
        for (int i = 0; i < digits.Length; i++)
        {
            if ((hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xF) >= 8)
            {
                digits[i] = char.ToUpperInvariant(digits[i]);
            }
        }

        return "0x" + new string(digits);
    }

    /// <summary>The address of a public key.</summary>
    /// <param name="uncompressed">65 bytes: 0x04, x, y.</param>
    internal static EthereumAddress OfPublicKey(ReadOnlySpan<byte> uncompressed)
    {
        Span<byte> hash = stackalloc byte[Hash256.Length];
        Keccak256.Of(uncompressed[1..]).CopyTo(hash);
        return new(hash[^Length..]);
    }
}
