using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Transcode.Engine.Workers;

/// <summary>Takes a payload apart, field by field; every field is checked to be there.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> rest = payload;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public string Ascii(int length)
    {
        ReadOnlySpan<byte> text = Take(length);
        return Ascii7(text) ? Encoding.ASCII.GetString(text) : throw new ProtocolException("A text is not ASCII.");
    }

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Take(rest.Length);

    /// <summary>All that is left, as a JSON document. Fractions and grids in it throw for numbers that there cannot be.</summary>
    public T Document<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Rest(), type) ?? throw new ProtocolException("A document is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or ArithmeticException)
        {
            throw new ProtocolException($"A document is not a {typeof(T).Name}.");
        }
    }

    /// <summary>Requires that nothing is left.</summary>
    public readonly void End()
    {
        if (!rest.IsEmpty)
        {
            throw new ProtocolException("A message is longer than its fields.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new ProtocolException("A message is shorter than its fields.");
        }

        ReadOnlySpan<byte> taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static bool Ascii7(ReadOnlySpan<byte> text) => System.Text.Ascii.IsValid(text);
}
