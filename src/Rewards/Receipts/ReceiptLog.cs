using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>Receipts as the log has them: their digests and totals, nothing of who asked for what.</summary>
/// <param name="Pixels">As the receipt says, weighted.</param>
/// <param name="Digest">Of the receipt: what both sign.</param>
/// <param name="Seq">The receipt's number.</param>
/// <remarks>The text is <c>{"pixels":n,"receipt":"0x…","seq":n}</c>, in the form of RFC 8785.</remarks>
public sealed record ReceiptLog(ulong Pixels, Hash256 Digest, ulong Seq)
{
    private const int LengthLimit = 256;

    /// <summary>What a log's entry of a receipt begins with; no other of the log's entries does.</summary>
    private static ReadOnlySpan<byte> Beginning => "{\"pixels\":"u8;

    public static ReceiptLog Of(SignedReceipt signed) => new(signed.Receipt.Pixels, signed.Digest(), signed.Receipt.Seq);

    /// <summary>The log's entry.</summary>
    public byte[] Text()
    {
        var buffer = new ArrayBufferWriter<byte>(LengthLimit);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("pixels"u8, Pixels);
            json.WriteString("receipt"u8, Digest.ToString());
            json.WriteNumber("seq"u8, Seq);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a log's entry says of a receipt; null where it is of something else.</summary>
    /// <exception cref="FormatException">It begins like one of a receipt, and is none.</exception>
    public static ReceiptLog? Read(ReadOnlyMemory<byte> text)
    {
        if (!text.Span.StartsWith(Beginning))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1 });
            JsonElement root = document.RootElement;
            var read = new ReceiptLog(
                root.GetProperty("pixels").GetUInt64(), Hash256.Parse(root.GetProperty("receipt").GetString()), root.GetProperty("seq").GetUInt64());
            return read.Text().AsSpan().SequenceEqual(text.Span) ? read : throw new FormatException("This log's entry of a receipt is not in its one form.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("This is no log's entry of a receipt: " + exception.Message, exception);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"receipt {Seq} ({Digest})");
}
