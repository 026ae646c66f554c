using System.Buffers;
using System.Text.Json;
using global::Rewards.Receipts;

namespace Appliance.Rewards;

/// <summary>Receipts over HTTP: each with its digest, which a requester signs, and whole in its canonical form.</summary>
internal static class ReceiptAnswer
{
    /// <param name="receipts">In order.</param>
    /// <param name="limit">How many were asked for.</param>
    public static IResult Of(IReadOnlyList<SignedReceipt> receipts, int limit)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("receipts");
            foreach (SignedReceipt signed in receipts)
            {
                json.WriteStartObject();
                json.WriteNumber("sequence", signed.Receipt.Seq);
                json.WriteString("digest", signed.Digest().ToString());
                json.WritePropertyName("receipt");
                json.WriteRawValue(ReceiptJson.Write(signed));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (receipts.Count == limit)
            {
                json.WriteNumber("next", receipts[^1].Receipt.Seq);
            }
            else
            {
                json.WriteNull("next");
            }

            json.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory, "application/json");
    }
}
