using System.Text;

namespace Transcode.Engine.Segments.Sidecars;

/// <summary>What the head of an ASS or SSA file says of its events: which fields they have. Most files have those of which
/// Matroska knows no others, but a file may leave some out.</summary>
internal static class AssHeader
{
    /// <param name="header">All that is before the first event, as libav's demuxer keeps it; of other formats, anything.</param>
    /// <returns>How many fields of an event, as libav's decoder gives it, lie before its text.</returns>
    public static int FieldsBeforeText(ReadOnlySpan<byte> header)
    {
        string text = Encoding.UTF8.GetString(header);
        int events = text.LastIndexOf("[Events]", StringComparison.OrdinalIgnoreCase);
        const string mark = "Format:";
        int format = events < 0 ? -1 : text.IndexOf(mark, events, StringComparison.OrdinalIgnoreCase);
        if (format < 0)
        {
            return CueText.LeadingFields;
        }

        int end = text.IndexOf('\n', format);
        string[] fields = text[(format + mark.Length)..(end < 0 ? text.Length : end)].Split(',', StringSplitOptions.TrimEntries);
        int before = Array.FindIndex(fields, field => field.Equals("Text", StringComparison.OrdinalIgnoreCase));

        // The times are taken out, and the event's number is put before the rest.
        return before < 0
            ? CueText.LeadingFields
            : before + 1 - fields.Take(before).Count(field => field.ToUpperInvariant() is "START" or "END");
    }
}
