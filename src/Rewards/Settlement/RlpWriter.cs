using System.Buffers;
using System.Buffers.Binary;

namespace Rewards.Settlement;

/// <summary>Recursive length prefix, as Ethereum's transactions are written (Yellow Paper, appendix B): one list of texts, numbers
/// and lists.</summary>
internal sealed class RlpWriter
{
    private const byte Text = 0x80;
    private const byte List = 0xC0;

    /// <summary>Bytes that a length in the prefix itself may say.</summary>
    private const int Short = 55;

    private readonly ArrayBufferWriter<byte> _items = new();

    public RlpWriter Add(ReadOnlySpan<byte> bytes)
    {
        // A single small byte is its own text.
        if (bytes.Length != 1 || bytes[0] >= Text)
        {
            WritePrefix(_items, Text, bytes.Length);
        }

        _items.Write(bytes);
        return this;
    }

    /// <summary>A number: big-endian, without zeros before it; nothing for 0.</summary>
    public RlpWriter Add(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Add(bytes.TrimStart((byte)0));
    }

    /// <summary>A list without items.</summary>
    public RlpWriter AddEmptyList()
    {
        _items.Write([List]);
        return this;
    }

    /// <param name="before">Written before the list: the type of a transaction.</param>
    public byte[] ToList(params ReadOnlySpan<byte> before)
    {
        var whole = new ArrayBufferWriter<byte>();
        whole.Write(before);
        WritePrefix(whole, List, _items.WrittenCount);
        whole.Write(_items.WrittenSpan);
        return whole.WrittenSpan.ToArray();
    }

    private static void WritePrefix(ArrayBufferWriter<byte> output, byte kind, int length)
    {
        if (length <= Short)
        {
            output.Write([(byte)(kind + length)]);
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        ReadOnlySpan<byte> digits = bytes.TrimStart((byte)0);
        output.Write([(byte)(kind + Short + digits.Length)]);
        output.Write(digits);
    }
}
