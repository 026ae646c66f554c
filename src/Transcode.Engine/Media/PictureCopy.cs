namespace Transcode.Engine.Media;

/// <summary>What is known of a source's own video where it can be shown as it is, cut on the grid.</summary>
/// <param name="SampleEntry">The four characters it is described under: <c>avc1</c>, <c>hvc1</c> or
/// <c>av01</c>.</param>
/// <param name="ReorderFrames">Grid frames by which decode times run ahead of presentation times.</param>
/// <param name="PeakBitsPerSecond">The largest rate of a segment, container included.</param>
/// <param name="AverageBitsPerSecond">Of the whole, container included.</param>
public sealed record PictureCopy(string SampleEntry, int ReorderFrames, int PeakBitsPerSecond, int AverageBitsPerSecond);
