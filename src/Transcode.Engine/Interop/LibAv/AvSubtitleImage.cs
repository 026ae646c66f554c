namespace Transcode.Engine.Interop.LibAv;

/// <summary>Pictures of words that are shown together.</summary>
/// <param name="Microseconds">When, on the container's clock; null where the packet does not say.</param>
/// <param name="StartMilliseconds">Shown from so much later on.</param>
/// <param name="EndMilliseconds">Shown until so much later; 0 or the largest value where nothing is said.</param>
/// <param name="CanvasWidth">Of the canvas its parts lie on, in its own pixels; 0 where nothing is said.</param>
/// <param name="CanvasHeight">Likewise.</param>
/// <param name="Parts">Empty where all is taken from the screen.</param>
internal sealed record AvSubtitleImage(
    long? Microseconds,
    uint StartMilliseconds,
    uint EndMilliseconds,
    int CanvasWidth,
    int CanvasHeight,
    IReadOnlyList<AvSubtitlePart> Parts);

/// <summary>A rectangle of a canvas.</summary>
/// <param name="X">Of its left edge, on the canvas; may lie outside.</param>
/// <param name="Y">Of its upper edge.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="Pixels">Row by row: alpha, red, green and blue, eight bits each, from the highest; full range, alpha straight.</param>
internal sealed record AvSubtitlePart(int X, int Y, int Width, int Height, uint[] Pixels);
