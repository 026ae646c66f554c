namespace Transcode.Engine.Segments.Ttml;

/// <summary>What of an element's style WebVTT can say, and whether it is shown at all.</summary>
/// <param name="Italic">Null where it is not told.</param>
/// <param name="Bold">Null where it is not told.</param>
/// <param name="Hidden">Null where it is not told.</param>
internal readonly record struct TtmlStyle(bool? Italic, bool? Bold, bool? Hidden)
{
    /// <summary>What the other tells, and of the rest what this does.</summary>
    public TtmlStyle With(TtmlStyle other) => new(other.Italic ?? Italic, other.Bold ?? Bold, other.Hidden ?? Hidden);
}
