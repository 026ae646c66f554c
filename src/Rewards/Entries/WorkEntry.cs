using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rewards.Metering;

namespace Rewards.Entries;

/// <summary>A metered record as an entry of the public log: how much work it was, and a commitment to all the rest.</summary>
/// <remarks>
/// The entry is <c>{"commitment":"64 digits","format":"appliance/work/v1","sequence":N,"weightedPixels":N,"weightsVersion":N}</c>, in the canonical
/// form of RFC 8785. The commitment is SHA-256 of the salt (32 bytes) and the record's text, which is canonical too:
/// members in the order of their names, instants in whole microseconds since 1970. So the log tells no title, no source and no client; whoever is
/// given a record and its salt can check that it is the one.
/// </remarks>
public static class WorkEntry
{
    public const string Format = "appliance/work/v1";

    // Every text of a record is printable ASCII (WorkMeasurement), and quotes and backslashes are escaped alike by this and by RFC 8785.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="record">What was metered.</param>
    /// <param name="salt">Of <see cref="EntrySalts"/>, 32 bytes.</param>
    public static byte[] Of(WorkRecord record, ReadOnlySpan<byte> salt)
    {
        string commitment = Convert.ToHexStringLower(Commitment(TextOf(record), salt));
        return Written(json =>
        {
            json.WriteString("commitment", commitment);
            json.WriteString("format", Format);
            json.WriteNumber("sequence", record.Sequence);
            json.WriteNumber("weightedPixels", record.WeightedPixels);
            json.WriteNumber("weightsVersion", record.WeightsVersion);
        });
    }

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

    /// <summary>The record's canonical text.</summary>
    public static byte[] TextOf(WorkRecord record)
    {
        WorkMeasurement work = record.Work;
        return Written(json =>
        {
            json.WriteNumber("bitDepth", work.BitDepth);
            json.WriteNumber("bytesIn", work.BytesIn);
            json.WriteNumber("bytesOut", work.BytesOut);
            json.WriteString("codec", work.Codec);
            json.WriteNumber("cpuMicroseconds", work.CpuMicroseconds);
            json.WriteString("demand", work.Demand.ToString());
            json.WriteNumber("elapsedMicroseconds", work.ElapsedMicroseconds);
            json.WriteString("encoder", work.Encoder);
            json.WriteString("engine", work.Engine);
            json.WriteNumber("frames", work.Frames);
            json.WriteNumber("index", work.Index);
            json.WriteString("outputSha256", work.OutputSha256);
            json.WriteNumber("pixelsIn", work.PixelsIn);
            json.WriteNumber("pixelsOut", work.PixelsOut);
            json.WriteString("recipeId", work.RecipeId);
            json.WriteNumber("recordedAt", Microseconds.Of(record.RecordedAt));
            json.WriteNumber("sequence", record.Sequence);
            json.WriteString("sourceFingerprint", work.SourceFingerprint);
            json.WriteNumber("startedAt", Microseconds.Of(work.StartedAt));
            json.WriteNumber("weightedPixels", record.WeightedPixels);
            json.WriteNumber("weightsVersion", record.WeightsVersion);
        });
    }

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
