namespace Transcode.Engine.Segments.Ttml;

/// <summary>Microseconds in which something is shown.</summary>
/// <param name="Begin">First.</param>
/// <param name="End">First after it; <see cref="long.MaxValue"/> where it is not told.</param>
internal readonly record struct TtmlSpan(long Begin, long End)
{
    public bool IsEmpty => End <= Begin;

    public bool Overlaps(TtmlSpan other) => Begin < other.End && other.Begin < End;
}
