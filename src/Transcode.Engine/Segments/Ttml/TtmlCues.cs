namespace Transcode.Engine.Segments.Ttml;

/// <summary>What a document shows, as cues of the timeline.</summary>
internal static class TtmlCues
{
    /// <summary>Cues taken of one stretch.</summary>
    private const int MaxCues = 4000;

    /// <param name="xml">The document.</param>
    /// <param name="originMicroseconds">The document's time at the timeline's zero.</param>
    /// <param name="start">First millisecond of the stretch.</param>
    /// <param name="end">First millisecond after it.</param>
    /// <exception cref="Workers.TranscodeException">It is no document of TTML.</exception>
    public static IEnumerable<Cue> Of(byte[] xml, long originMicroseconds, long start, long end)
    {
        long Milliseconds(long microseconds) => (long)Math.Round((microseconds - originMicroseconds) / 1000m, MidpointRounding.AwayFromZero);
        var wanted = new TtmlSpan((start * 1000) + originMicroseconds, (end * 1000) + originMicroseconds);
        return TtmlDocument.Read(xml, wanted, MaxCues)
            .Select(cue => new Cue(Milliseconds(cue.Span.Begin), Milliseconds(Math.Min(cue.Span.End, long.MaxValue / 2)), cue.Text) { IsAtTop = cue.IsAtTop });
    }
}
