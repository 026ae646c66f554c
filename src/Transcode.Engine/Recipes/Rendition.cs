using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>A recipe with the name people know it by and the rates it promises.</summary>
/// <param name="Name">As <c>720p</c>, <c>audio</c>, <c>surround-2</c> or <c>text</c>; unique in a ladder.</param>
/// <param name="Recipe">What makes it.</param>
/// <param name="PeakBitsPerSecond">No segment's rate passes this, container included: what the buffer model proves.</param>
/// <param name="AverageBitsPerSecond">The rendition's average does not pass this, container included.</param>
public sealed record Rendition(string Name, Recipe Recipe, int PeakBitsPerSecond, int AverageBitsPerSecond)
{
    /// <summary>The track of sound or text it is of, with the language, title and roles that people choose by; of
    /// video, the subtitles laid over it. Null for other video.</summary>
    public LabelledTrack? Track { get; init; }
}
