namespace Transcode.Engine.Recipes;

/// <summary>The file beside a source that subtitles are read from. It takes part in a segment by its bytes, whatever it is
/// called and wherever it lies.</summary>
/// <param name="Fingerprint">Of its bytes: lower-case hexadecimal.</param>
/// <param name="Format">libav's name of the format, as <c>srt</c>, <c>ass</c> or <c>webvtt</c>, or <c>ttml</c>.</param>
public sealed record SidecarText(string Fingerprint, string Format)
{
    /// <summary>A larger file is no subtitles: those of a film have some hundred kilobytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;
}
