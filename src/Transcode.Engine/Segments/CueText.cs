using System.Globalization;
using System.Text;

namespace Transcode.Engine.Segments;

/// <summary>Turns the text of an ASS event, as libav's subtitle decoders give it, into the text of a WebVTT cue (W3C WebVTT,
/// 4.2.2): overrides are taken out except italics and bold, and what WebVTT would read as markup is escaped.</summary>
internal sealed class CueText
{
    /// <summary>Characters of one cue, markup not counted; the longest subtitles have some two hundred.</summary>
    public const int MaxCharacters = 2000;

    /// <summary>The fields of an event before its text.</summary>
    private const int LeadingFields = 8;

    /// <summary>The font weight from which ASS text is bold; 1 is bold too.</summary>
    private const int BoldWeight = 600;

    private readonly StringBuilder output = new();
    private readonly Stack<string> open = new();
    private bool italic;
    private bool bold;
    private bool drawing;
    private bool lineHasText;
    private int written;

    private CueText()
    {
    }

    /// <param name="dialogue">As <see cref="Interop.LibAv.SubtitleDecoder.Decode"/> gives it.</param>
    /// <returns>Empty where nothing is left to be read.</returns>
    public static string OfEvent(string dialogue)
    {
        int text = 0;
        for (int field = 0; field < LeadingFields; field++)
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
        return cue.Finish();
    }

    private void Read(ReadOnlySpan<char> ass)
    {
        for (int i = 0; i < ass.Length && written < MaxCharacters; i++)
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
                    NewLine();
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
                    NewLine();
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
                (italic, bold) = (false, false);
            }
            else if (TryNumber(tag, 'i', out int slant))
            {
                italic = slant != 0;
            }
            else if (TryNumber(tag, 'b', out int weight))
            {
                bold = weight is 1 or >= BoldWeight;
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
        if (drawing || (char.IsControl(character) && character != '\t'))
        {
            return;
        }

        if (!lineHasText && char.IsWhiteSpace(character))
        {
            return;
        }

        Mark();
        lineHasText = true;
        written++;
        _ = character switch
        {
            '&' => output.Append("&amp;"),
            '<' => output.Append("&lt;"),
            '>' => output.Append("&gt;"),
            _ => output.Append(character),
        };
    }

    /// <summary>An empty line would end the cue, so there is none.</summary>
    private void NewLine()
    {
        if (lineHasText)
        {
            output.Append('\n');
            lineHasText = false;
        }
    }

    /// <summary>Opens and closes what the next character asks for, properly nested.</summary>
    private void Mark()
    {
        while (open.TryPeek(out string? innermost) && (open.Contains("i") && !italic || open.Contains("b") && !bold))
        {
            output.Append("</").Append(innermost).Append('>');
            open.Pop();
        }

        Open("i", italic);
        Open("b", bold);
    }

    private void Open(string tag, bool wanted)
    {
        if (wanted && !open.Contains(tag))
        {
            output.Append('<').Append(tag).Append('>');
            open.Push(tag);
        }
    }

    private string Finish()
    {
        // A surrogate without its other half, as where the limit cut, is no character.
        if (output.Length > 0 && char.IsHighSurrogate(output[^1]))
        {
            output.Length--;
        }

        int end = output.Length;
        while (end > 0 && char.IsWhiteSpace(output[end - 1]))
        {
            end--;
        }

        output.Length = end;
        while (open.TryPop(out string? tag))
        {
            output.Append("</").Append(tag).Append('>');
        }

        return output.ToString();
    }
}
