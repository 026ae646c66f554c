using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Rewards.Signing;

namespace Rewards.Settlement;

/// <summary>A call of a contract's function: four bytes that name it, then a word of 32 bytes for each argument (the contract ABI,
/// for arguments of fixed size, and one list of words at the end).</summary>
internal sealed class CallWriter
{
    private const int WordLength = 32;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <param name="function">As <c>transfer(address,uint256)</c>; empty for a contract's own arguments.</param>
    public CallWriter(string function)
    {
        if (function.Length > 0)
        {
            _bytes.Write(Selector(function));
        }
    }

    public static byte[] Selector(string function) => Keccak256.Of(Encoding.ASCII.GetBytes(function)).ToArray()[..4];

    public CallWriter Add(Hash256 word)
    {
        _bytes.Write(word.ToArray());
        return this;
    }

    public CallWriter Add(EthereumAddress address)
    {
        Span<byte> word = stackalloc byte[WordLength];
        word.Clear();
        address.CopyTo(word[(WordLength - EthereumAddress.Length)..]);
        _bytes.Write(word);
        return this;
    }

    public CallWriter Add(UInt128 number)
    {
        Span<byte> word = stackalloc byte[WordLength];
        word.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], number);
        _bytes.Write(word);
        return this;
    }

    /// <summary>The last argument, a list: where it begins, how long it is, its words.</summary>
    /// <param name="words">Of the list.</param>
    /// <param name="arguments">How many arguments the function has, this one counted.</param>
    public CallWriter AddLast(IReadOnlyList<Hash256> words, int arguments)
    {
        Add((UInt128)(arguments * WordLength));
        Add((UInt128)words.Count);
        foreach (Hash256 word in words)
        {
            Add(word);
        }

        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
