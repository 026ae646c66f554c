using System.Buffers;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Claims;

/// <summary>What is published when an epoch closes: from the log of that size, anybody derives the claims of that root anew.</summary>
/// <param name="Epoch">1, 2, 3 …, up to 2^53.</param>
/// <param name="Root">Of the claim tree.</param>
/// <param name="LogRoot">Of the log at <paramref name="LogSize"/>.</param>
/// <param name="LogSize">Entries that were counted, up to 2^53.</param>
public sealed record EpochRecord(long Epoch, Hash256 Root, Hash256 LogRoot, long LogSize)
{
    /// <summary>Exact in every reader's numbers, JavaScript's included.</summary>
    public const long NumberLimit = 1L << 53;

    private const int LengthLimit = 512;

    /// <summary>The record in the canonical form of RFC 8785.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch"u8, Epoch);
            json.WriteString("logRoot"u8, LogRoot.ToString());
            json.WriteNumber("logSize"u8, LogSize);
            json.WriteString("root"u8, Root.ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">It is no such record, or not in its one form.</exception>
    public static EpochRecord Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > LengthLimit)
        {
            throw new FormatException($"An epoch's record has at most {LengthLimit} bytes; this has {json.Length}.");
        }

        EpochRecord record;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1 });
            JsonElement root = document.RootElement;
            record = new(
                root.GetProperty("epoch").GetInt64(),
                Hash256.Parse(root.GetProperty("root").GetString()),
                Hash256.Parse(root.GetProperty("logRoot").GetString()),
                root.GetProperty("logSize").GetInt64());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("This is no epoch's record: " + exception.Message, exception);
        }

        return record.Epoch is >= 1 and <= NumberLimit && record.LogSize is >= 0 and <= NumberLimit && record.ToJson().AsSpan().SequenceEqual(json.Span)
            ? record
            : throw new FormatException("This epoch's record is not in its canonical form, or a number is out of range.");
    }
}
