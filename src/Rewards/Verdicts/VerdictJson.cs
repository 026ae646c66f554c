using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>A verdict as text, in the canonical form of RFC 8785: one verdict has one text, and whatever differs from it by a byte is refused.</summary>
/// <remarks><c>{"domain":{…},"format":"appliance/verdict/v1","message":{…},"signature":"0x…"}</c>, the message's members being those of the typed data in the order of
/// their names; numbers of 64 bits are decimal strings, as wallets take them.</remarks>
public static class VerdictJson
{
    /// <summary>Bytes that a verdict's text may have.</summary>
    public const int LengthLimit = 4096;

    private const string Format = "appliance/verdict/v1";

    // All texts are printable ASCII without quote and backslash, so that nothing here ever needs an escape.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(SignedVerdict signed)
    {
        var buffer = new ArrayBufferWriter<byte>(1536);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            TypedDataJson.WriteDomain(json, signed.Domain);
            json.WriteString("format", Format);
            WriteMessage(json, signed.Verdict);
            json.WriteString("signature", signed.Signature.ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="text">UTF-8, at most <see cref="LengthLimit"/> bytes.</param>
    /// <exception cref="FormatException">It is no verdict, or not in its one form. Whether it is rightly signed, <see cref="SignedVerdict.Fault"/> tells.</exception>
    public static SignedVerdict Read(ReadOnlyMemory<byte> text)
    {
        if (text.Length > LengthLimit)
        {
            throw new FormatException($"A verdict has at most {LengthLimit} bytes; this has {text.Length}.");
        }

        SignedVerdict signed;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 3 });
            JsonElement root = document.RootElement;
            signed = new(Read(root.GetProperty("message")), TypedDataJson.ReadDomain(root), RecoverableSignature.Parse(root.GetProperty("signature").GetString()));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException("This is no verdict: " + exception.Message, exception);
        }

        return signed.Verdict.Fault() is { } fault ? throw new FormatException(fault)
            : Write(signed).AsSpan().SequenceEqual(text.Span) ? signed
            : throw new FormatException("This verdict is not in its canonical form.");
    }

    private static void WriteMessage(Utf8JsonWriter json, WorkVerdict verdict)
    {
        json.WriteStartObject("message");
        json.WriteString("check", verdict.Check);
        json.WriteString("checkpoint", verdict.Checkpoint.ToString());
        json.WriteString("device", verdict.Device.ToString());
        json.WriteString("engine", verdict.Engine);
        TypedDataJson.WriteNumber(json, "frames", verdict.Frames);
        TypedDataJson.WriteNumber(json, "judgedAt", verdict.JudgedAt);
        json.WriteString("lot", verdict.Lot.ToString());
        json.WriteNumber("outcome", (int)verdict.Outcome);
        json.WriteString("previous", verdict.Previous.ToString());
        json.WriteString("reason", verdict.Reason);
        json.WriteString("receipt", verdict.Receipt.ToString());
        TypedDataJson.WriteNumber(json, "seq", verdict.Seq);
        json.WriteString("verifier", verdict.Verifier.ToString());
        json.WriteEndObject();
    }

    private static WorkVerdict Read(JsonElement message) => new(
        Verifier: EthereumAddress.Parse(TypedDataJson.Text(message, "verifier")),
        Seq: TypedDataJson.Number(message, "seq"),
        Device: EthereumAddress.Parse(TypedDataJson.Text(message, "device")),
        Receipt: Hash256.Parse(TypedDataJson.Text(message, "receipt")),
        Checkpoint: Hash256.Parse(TypedDataJson.Text(message, "checkpoint")),
        Lot: Hash256.Parse(TypedDataJson.Text(message, "lot")),
        Frames: TypedDataJson.Number(message, "frames"),
        Outcome: (VerdictOutcome)message.GetProperty("outcome").GetInt32(),
        Check: TypedDataJson.Text(message, "check"),
        Reason: TypedDataJson.Text(message, "reason"),
        Engine: TypedDataJson.Text(message, "engine"),
        JudgedAt: TypedDataJson.Number(message, "judgedAt"),
        Previous: Hash256.Parse(TypedDataJson.Text(message, "previous")));
}
