using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Transcode.Engine.Recipes;

/// <summary>JSON Canonicalization Scheme, RFC 8785, for documents whose numbers are integers within ±2^53 and whose
/// strings are printable ASCII: all a recipe holds. Anything else is refused rather than written wrongly.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="NotSupportedException">A number is not an integer, or a string is not printable ASCII.</exception>
    public static byte[] Serialize(JsonElement document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(writer, document);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                // RFC 8785, 3.2.3: members sorted by the UTF-16 code units of their names.
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(Checked(member.Name));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Checked(element.GetString()!));
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(
                    element.TryGetInt64(out long value) && Math.Abs(value) <= 1L << 53
                        ? value
                        : throw new NotSupportedException($"A canonical document holds integers only, not {element.GetRawText()}."));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string Checked(string text) =>
        text.All(c => c is >= ' ' and <= '~')
            ? text
            : throw new NotSupportedException("A canonical document holds printable ASCII only.");
}
