using System.Buffers.Binary;
using System.Text;

namespace Rewards.Signing;

/// <summary>Encodes a struct of typed data (EIP-712, encodeData): a word of 32 bytes for the type and for each member, in the
/// order of the type.</summary>
internal ref struct TypedDataWriter
{
    private const int WordLength = 32;

    private readonly Span<byte> _words;
    private int _length;

    /// <param name="words">Room for a word for the type and one a member.</param>
    /// <param name="typeHash">Keccak-256 of the type as it is written, as <c>Mail(address to,string contents)</c>.</param>
    public TypedDataWriter(Span<byte> words, Hash256 typeHash)
    {
        _words = words;
        _words.Clear();
        Add(typeHash);
    }

    public void Add(Hash256 value) => value.CopyTo(Next());

    public void Add(EthereumAddress value) => value.CopyTo(Next()[(WordLength - EthereumAddress.Length)..]);

    public void Add(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Next()[(WordLength - sizeof(ulong))..], value);

    /// <summary>A member of type string.</summary>
    public void Add(string value) => AddBytes(Encoding.UTF8.GetBytes(value));

    /// <summary>A member of type bytes.</summary>
    public void AddBytes(ReadOnlySpan<byte> value) => Add(Keccak256.Of(value));

    /// <summary>hashStruct of what was added.</summary>
    public readonly Hash256 Finish() => Keccak256.Of(_words[.._length]);

    public static Hash256 TypeHash(string type) => Keccak256.Of(Encoding.ASCII.GetBytes(type));

    /// <summary>What is signed: 0x19 0x01, the domain, the struct.</summary>
    public static Hash256 Digest(Hash256 domainSeparator, Hash256 structHash)
    {
        Span<byte> message = stackalloc byte[2 + (2 * WordLength)];
        message[0] = 0x19;
        message[1] = 0x01;
        domainSeparator.CopyTo(message[2..]);
        structHash.CopyTo(message[(2 + WordLength)..]);
        return Keccak256.Of(message);
    }

    private Span<byte> Next()
    {
        Span<byte> word = _words.Slice(_length, WordLength);
        _length += WordLength;
        return word;
    }
}
