namespace Transcode.Engine.Segments.Ttml;

/// <summary>A paragraph's words as cues: one, or where parts of it come and go, one for each thing that is there to be read.</summary>
internal sealed class TtmlParagraph
{
    /// <summary>Words, line ends included, of one paragraph; what is beyond is left out.</summary>
    private const int MaxRuns = 256;

    private readonly List<TtmlRun> runs = [];

    /// <summary>Whether it lies at the top of the picture.</summary>
    public bool IsAtTop { get; set; }

    public void Add(TtmlRun run)
    {
        if (runs.Count < MaxRuns && !run.Span.IsEmpty)
        {
            runs.Add(run);
        }
    }

    /// <summary>What it shows, by time.</summary>
    public IEnumerable<(TtmlSpan Span, string Text)> Shown()
    {
        long[] instants = [.. runs.SelectMany(run => new[] { run.Span.Begin, run.Span.End }).Distinct().Order()];
        (TtmlSpan Span, string Text) pending = default;
        for (int i = 0; i + 1 < instants.Length; i++)
        {
            string text = TextAt(instants[i]);
            if (text == pending.Text)
            {
                pending.Span = pending.Span with { End = instants[i + 1] };
                continue;
            }

            if (pending.Text is { Length: > 0 })
            {
                yield return pending;
            }

            pending = (new(instants[i], instants[i + 1]), text);
        }

        if (pending.Text is { Length: > 0 })
        {
            yield return pending;
        }
    }

    private string TextAt(long instant)
    {
        var markup = new CueMarkup();
        bool spaceIsDue = false;
        foreach (TtmlRun run in runs.Where(run => run.Span.Begin <= instant && instant < run.Span.End))
        {
            (markup.Italic, markup.Bold) = (run.Style.Italic ?? false, run.Style.Bold ?? false);
            foreach (char character in run.Text)
            {
                bool isSpace = character is ' ' or '\t' or '\n' or '\r';
                if (character == '\n' && run.KeepsSpace)
                {
                    markup.NewLine();
                    spaceIsDue = false;
                }
                else if (isSpace && !run.KeepsSpace)
                {
                    spaceIsDue = true;
                }
                else
                {
                    if (spaceIsDue)
                    {
                        markup.Write(' ');
                    }

                    markup.Write(character);
                    spaceIsDue = false;
                }
            }
        }

        return markup.Finish();
    }
}
