using System.Globalization;

namespace Transcode.Engine.Segments;

/// <summary>Turns the text of an ASS event, as libav's subtitle decoders give it, into the text of a WebVTT cue: overrides are
/// taken out except italics and bold.</summary>
internal sealed class CueText
{
    /// <summary>The fields of an event before its text, in Matroska and in all that libav makes of other codecs.</summary>
    public const int LeadingFields = 8;

    /// <summary>The font weight from which ASS text is bold; 1 is bold too.</summary>
    private const int BoldWeight = 600;

    private readonly CueMarkup markup = new();
    private bool drawing;

    private CueText()
    {
    }

    /// <param name="dialogue">As <see cref="Interop.LibAv.SubtitleDecoder.Decode"/> gives it.</param>
    /// <param name="leadingFields">How many fields are before its text.</param>
    /// <returns>Empty where nothing is left to be read.</returns>
    public static string OfEvent(string dialogue, int leadingFields = LeadingFields)
    {
        int text = 0;
        for (int field = 0; field < leadingFields; field++)
        {
            text = dialogue.IndexOf(',', text) + 1;
            if (text == 0)
            {
                return "";
            }
        }

        return OfAss(dialogue.AsSpan(text));
    }

    /// <param name="ass">Text with ASS overrides.</param>
    public static string OfAss(ReadOnlySpan<char> ass)
    {
        var cue = new CueText();
        cue.Read(ass);
        return cue.markup.Finish();
    }

    private void Read(ReadOnlySpan<char> ass)
    {
        for (int i = 0; i < ass.Length && !markup.IsFull; i++)
        {
            char next = i + 1 < ass.Length ? ass[i + 1] : '\0';
            switch (ass[i])
            {
                case '{':
                    int end = ass[i..].IndexOf('}');
                    if (end < 0)
                    {
                        Write('{');
                        break;
                    }

                    Override(ass.Slice(i + 1, end - 1));
                    i += end;
                    break;
                case '\\' when next is 'N':
                    markup.NewLine();
                    i++;
                    break;
                case '\\' when next is 'n' or 'h':
                    Write(next == 'h' ? '\u00A0' : ' ');
                    i++;
                    break;
                case '\\' when next is '{' or '}' or '\\':
                    Write(next);
                    i++;
                    break;
                case '\n':
                    markup.NewLine();
                    break;
                default:
                    Write(ass[i]);
                    break;
            }
        }
    }

    /// <summary>One block of overrides, as <c>\i1\b700\pos(10,20)</c>.</summary>
    private void Override(ReadOnlySpan<char> block)
    {
        foreach (Range range in block.Split('\\'))
        {
            ReadOnlySpan<char> tag = block[range].Trim();
            if (tag.StartsWith("r"))
            {
                (markup.Italic, markup.Bold) = (false, false);
            }
            else if (TryNumber(tag, 'i', out int slant))
            {
                markup.Italic = slant != 0;
            }
            else if (TryNumber(tag, 'b', out int weight))
            {
                markup.Bold = weight is 1 or >= BoldWeight;
            }
            else if (TryNumber(tag, 'p', out int scale))
            {
                drawing = scale != 0;
            }
        }
    }

    private static bool TryNumber(ReadOnlySpan<char> tag, char name, out int value)
    {
        value = 0;
        return tag.Length > 0 && tag[0] == name
            && (tag.Length == 1 || int.TryParse(tag[1..], NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }

    private void Write(char character)
    {
        if (!drawing)
        {
            markup.Write(character);
        }
    }
}
