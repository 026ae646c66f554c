namespace Transcode.Engine.Segments;

/// <summary>Words and when they are shown.</summary>
/// <param name="StartMilliseconds">On the source's timeline; may be negative.</param>
/// <param name="EndMilliseconds">On the source's timeline, after the start.</param>
/// <param name="Text">WebVTT cue text, escaped, without empty lines.</param>
internal readonly record struct Cue(long StartMilliseconds, long EndMilliseconds, string Text)
{
    /// <summary>Whether it lies at the top of the picture, and not at the bottom.</summary>
    public bool IsAtTop { get; init; }
}
