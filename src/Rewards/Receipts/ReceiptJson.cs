using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>A receipt as text, in the canonical form of RFC 8785: one receipt has one text, and whatever differs from it by a
/// byte is refused.</summary>
/// <remarks><c>{"deviceSignature":"0x…","domain":{"chainId":1,"name":"…","verifyingContract":"0x…","version":"1"},
/// "format":"appliance/receipt/v1","message":{…},"requesterSignature":"0x…"}</c>. The message's members are those of the typed
/// data, in the order of their names; numbers of 64 bits are decimal strings, as wallets take them. Addresses have their
/// checksum's case, all else is lower case. Without countersignature its member is not there.</remarks>
public static class ReceiptJson
{
    /// <summary>Bytes that a receipt's text may have.</summary>
    public const int LengthLimit = 4096;

    private const string Format = "appliance/receipt/v1";

    // Names and versions are printable ASCII without quote and backslash, so that nothing here ever needs an escape.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(SignedReceipt signed)
    {
        var buffer = new ArrayBufferWriter<byte>(1536);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("deviceSignature", signed.DeviceSignature.ToString());
            TypedDataJson.WriteDomain(json, signed.Domain);
            json.WriteString("format", Format);
            WriteMessage(json, signed.Receipt);
            if (signed.RequesterSignature is not null)
            {
                json.WriteString("requesterSignature", signed.RequesterSignature.ToString());
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="text">UTF-8, at most <see cref="LengthLimit"/> bytes.</param>
    /// <exception cref="FormatException">It is no receipt, or not in its one form. Whether it is rightly signed, <see cref="SignedReceipt.Fault"/> tells.</exception>
    public static SignedReceipt Read(ReadOnlyMemory<byte> text)
    {
        if (text.Length > LengthLimit)
        {
            throw new FormatException($"A receipt has at most {LengthLimit} bytes; this has {text.Length}.");
        }

        SignedReceipt signed;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 3 });
            signed = Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException("This is no receipt: " + exception.Message, exception);
        }

        return Write(signed).AsSpan().SequenceEqual(text.Span)
            ? signed
            : throw new FormatException(
                "This receipt is not in its canonical form: members missing, more or in another order, blanks, or other cases or digits.");
    }

    private static void WriteMessage(Utf8JsonWriter json, WorkReceipt receipt)
    {
        json.WriteStartObject("message");
        json.WriteString("device", receipt.Device.ToString());
        TypedDataJson.WriteNumber(json, "finishedAt", receipt.FinishedAt);
        TypedDataJson.WriteNumber(json, "inputPixels", receipt.InputPixels);
        json.WriteString("jobId", receipt.JobId.ToString());
        json.WriteString("outputsRoot", receipt.OutputsRoot.ToString());
        TypedDataJson.WriteNumber(json, "pixels", receipt.Pixels);
        json.WriteString("previous", receipt.Previous.ToString());
        json.WriteString("recipeHash", receipt.RecipeHash.ToString());
        json.WriteString("requester", receipt.Requester.ToString());
        TypedDataJson.WriteNumber(json, "seq", receipt.Seq);
        json.WriteString("sourceHash", receipt.SourceHash.ToString());
        TypedDataJson.WriteNumber(json, "startedAt", receipt.StartedAt);
        json.WriteEndObject();
    }

    private static SignedReceipt Read(JsonElement root)
    {
        JsonElement message = root.GetProperty("message");
        return new(
            new WorkReceipt(
                Device: EthereumAddress.Parse(TypedDataJson.Text(message, "device")),
                Requester: EthereumAddress.Parse(TypedDataJson.Text(message, "requester")),
                JobId: Hash256.Parse(TypedDataJson.Text(message, "jobId")),
                Seq: TypedDataJson.Number(message, "seq"),
                SourceHash: Hash256.Parse(TypedDataJson.Text(message, "sourceHash")),
                RecipeHash: Hash256.Parse(TypedDataJson.Text(message, "recipeHash")),
                OutputsRoot: Hash256.Parse(TypedDataJson.Text(message, "outputsRoot")),
                Pixels: TypedDataJson.Number(message, "pixels"),
                InputPixels: TypedDataJson.Number(message, "inputPixels"),
                StartedAt: TypedDataJson.Number(message, "startedAt"),
                FinishedAt: TypedDataJson.Number(message, "finishedAt"),
                Previous: Hash256.Parse(TypedDataJson.Text(message, "previous"))),
            TypedDataJson.ReadDomain(root),
            RecoverableSignature.Parse(TypedDataJson.Text(root, "deviceSignature")),
            root.TryGetProperty("requesterSignature", out JsonElement countersignature) ? RecoverableSignature.Parse(countersignature.GetString()) : null);
    }
}
