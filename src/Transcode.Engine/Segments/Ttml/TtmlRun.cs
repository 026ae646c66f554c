namespace Transcode.Engine.Segments.Ttml;

/// <summary>Words of one look and one time, or the end of a line.</summary>
/// <param name="Span">When they are shown.</param>
/// <param name="Text">As written; a line feed for the end of a line.</param>
/// <param name="Style">Resolved.</param>
/// <param name="KeepsSpace">Whether white space is kept as it is.</param>
internal readonly record struct TtmlRun(TtmlSpan Span, string Text, TtmlStyle Style, bool KeepsSpace);
