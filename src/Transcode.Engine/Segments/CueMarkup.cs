using System.Text;

namespace Transcode.Engine.Segments;

/// <summary>Writes the text of one WebVTT cue (W3C WebVTT, 4.2.2): italics and bold as tags, properly nested, and what WebVTT would
/// read as markup escaped. No line is empty, for that would end the cue.</summary>
internal sealed class CueMarkup
{
    /// <summary>Characters of one cue, markup not counted; the longest subtitles have some two hundred.</summary>
    public const int MaxCharacters = 2000;

    private readonly StringBuilder output = new();
    private readonly Stack<string> open = new();
    private int written;

    /// <summary>Whether what is written from now on is italic.</summary>
    public bool Italic { get; set; }

    /// <summary>Whether what is written from now on is bold.</summary>
    public bool Bold { get; set; }

    /// <summary>Whether no more is taken.</summary>
    public bool IsFull => written >= MaxCharacters;

    /// <summary>Whether the line has anything yet: white space at its beginning is left out.</summary>
    public bool LineHasText { get; private set; }

    /// <param name="character">Control characters are left out.</param>
    public void Write(char character)
    {
        if (IsFull || (char.IsControl(character) && character != '\t') || (!LineHasText && char.IsWhiteSpace(character)))
        {
            return;
        }

        Mark();
        LineHasText = true;
        written++;
        _ = character switch
        {
            '&' => output.Append("&amp;"),
            '<' => output.Append("&lt;"),
            '>' => output.Append("&gt;"),
            _ => output.Append(character),
        };
    }

    /// <summary>Begins another line, unless this one is empty.</summary>
    public void NewLine()
    {
        if (LineHasText)
        {
            output.Append('\n');
            LineHasText = false;
        }
    }

    /// <returns>The cue's text; empty where nothing is to be read.</returns>
    public string Finish()
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

    /// <summary>Opens and closes what the next character asks for, properly nested.</summary>
    private void Mark()
    {
        while (open.TryPeek(out string? innermost) && (open.Contains("i") && !Italic || open.Contains("b") && !Bold))
        {
            output.Append("</").Append(innermost).Append('>');
            open.Pop();
        }

        Open("i", Italic);
        Open("b", Bold);
    }

    private void Open(string tag, bool wanted)
    {
        if (wanted && !open.Contains(tag))
        {
            output.Append('<').Append(tag).Append('>');
            open.Push(tag);
        }
    }
}
