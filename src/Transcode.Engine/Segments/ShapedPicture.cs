using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments;

/// <summary>A picture of a rung that has its size and format, on its way to the encoder.</summary>
/// <param name="Picture">Its own.</param>
/// <param name="Subtitle">What is to lie over it, or null.</param>
internal readonly record struct ShapedPicture(AvFrame Picture, AvSubtitleImage? Subtitle);
