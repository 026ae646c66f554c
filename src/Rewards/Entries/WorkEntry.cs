using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Entries;

/// <summary>A metered record and its receipt as one entry of the public log: how much work it was, the receipt's digest, and a commitment to all
/// the rest.</summary>
/// <remarks>
/// The entry is <c>{"commitment":"64 digits","format":"appliance/work/v1","receipt":"0x…","sequence":N,"weightedPixels":N,"weightsVersion":N}</c>, in
/// the canonical form of RFC 8785. The commitment is SHA-256 of the salt (32 bytes) and the record's text, which is canonical too:
/// members in the order of their names, instants in whole microseconds since 1970. So the log tells no title, no source and no client; whoever is
/// given a record and its salt can check that it is the one, and whoever has a receipt that it is in the log.
/// </remarks>
public static class WorkEntry
{
    public const string Format = "appliance/work/v1";

    /// <summary>What they are, behind <c>entry n</c>.</summary>
    internal const string Kind = "of the ledger";

    private const int CommitmentDigits = 64;

    // Every text of a record is printable ASCII (WorkMeasurement), and quotes and backslashes are escaped alike by this and by RFC 8785.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a log's entry of work begins with; no other of the log's entries does.</summary>
    private static ReadOnlySpan<byte> Beginning => "{\"commitment\":"u8;

    /// <param name="record">What was metered.</param>
    /// <param name="salt">Of <see cref="EntrySalts"/>, 32 bytes.</param>
    /// <param name="receipt">Digest of the record's receipt.</param>
    public static byte[] Of(WorkRecord record, ReadOnlySpan<byte> salt, Hash256 receipt) => Of(
        Convert.ToHexStringLower(Commitment(TextOf(record), salt)), new(record.Sequence, record.WeightedPixels, receipt), record.WeightsVersion);

    /// <summary>What a log's entry says of work; null where it is of something else.</summary>
    /// <exception cref="FormatException">It begins like one of work, and is not one in its one form.</exception>
    public static LoggedWork? Read(ReadOnlyMemory<byte> text)
    {
        if (!text.Span.StartsWith(Beginning))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1 });
            JsonElement root = document.RootElement;
            var work = new LoggedWork(
                root.GetProperty("sequence").GetInt64(), root.GetProperty("weightedPixels").GetInt64(), Hash256.Parse(root.GetProperty("receipt").GetString()));
            string commitment = root.GetProperty("commitment").GetString() ?? "";
            int weightsVersion = root.GetProperty("weightsVersion").GetInt32();
            return work is { Sequence: >= 1, WeightedPixels: >= 0 }
                && weightsVersion >= 1
                && commitment.Length == CommitmentDigits
                && commitment.All(char.IsAsciiHexDigitLower)
                && Of(commitment, work, weightsVersion).AsSpan().SequenceEqual(text.Span)
                ? work
                : throw new FormatException("This log's entry of work is not in its one form.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("This is no log's entry of work: " + exception.Message, exception);
        }
    }

    /// <summary>What a log says of work, in order: number n at n − 1. An entry that stands there twice, because its first answer was lost, counts once.</summary>
    /// <param name="log">The log's entries, from the first on.</param>
    /// <exception cref="FormatException">One is none, or is missing before another, or there are two of a number.</exception>
    public static IEnumerable<LoggedWork> InOrder(IEnumerable<ReadOnlyMemory<byte>> log) =>
        NumberedEntries.InOrder(log, Kind, text => Read(text) is { } work ? (work.Sequence, work) : ((long, LoggedWork)?)null);

    /// <summary>What is given to whom the record is shown, beside the proof that its entry is in the log.</summary>
    public static byte[] Opening(WorkRecord record, ReadOnlySpan<byte> salt)
    {
        byte[] text = TextOf(record);
        string digits = Convert.ToHexStringLower(salt);
        return Written(json =>
        {
            json.WritePropertyName("record");
            json.WriteRawValue(text);
            json.WriteString("salt", digits);
        });
    }

    /// <summary>Reads what <see cref="Opening"/> wrote.</summary>
    /// <param name="opening">As a proof has it.</param>
    /// <exception cref="FormatException">It is none, or not in its one form. Whether it is that of an entry, comparing with <see cref="Of(WorkRecord, ReadOnlySpan{byte}, Hash256)"/> tells.</exception>
    public static (WorkRecord Record, byte[] Salt) ReadOpening(ReadOnlyMemory<byte> opening)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(opening, new JsonDocumentOptions { MaxDepth = 2 });
            WorkRecord record = RecordJson.Read(document.RootElement.GetProperty("record"));
            byte[] salt = Convert.FromHexString(document.RootElement.GetProperty("salt").GetString() ?? "");
            return Opening(record, salt).AsSpan().SequenceEqual(opening.Span) ? (record, salt) : throw new FormatException("This record is not in its one form.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw new FormatException("This is no record with its salt: " + exception.Message, exception);
        }
    }

    /// <summary>The record's canonical text.</summary>
    public static byte[] TextOf(WorkRecord record) => Written(json => RecordJson.Write(json, record));

    private static byte[] Of(string commitment, LoggedWork work, int weightsVersion) => Written(json =>
    {
        json.WriteString("commitment", commitment);
        json.WriteString("format", Format);
        json.WriteString("receipt", work.Receipt.ToString());
        json.WriteNumber("sequence", work.Sequence);
        json.WriteNumber("weightedPixels", work.WeightedPixels);
        json.WriteNumber("weightsVersion", weightsVersion);
    });

    private static byte[] Commitment(ReadOnlySpan<byte> text, ReadOnlySpan<byte> salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(text);
        return hash.GetHashAndReset();
    }

    private static byte[] Written(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
