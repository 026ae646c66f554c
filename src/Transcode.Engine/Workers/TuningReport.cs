using Transcode.Engine.Tuning.Plans;

namespace Transcode.Engine.Workers;

/// <summary>What tuning does to a segment of a rung, and one of its pictures before and after, as the encoder would have been
/// given it.</summary>
/// <param name="Shots">What is done to each and why, in order; none where the recipe has no tuning.</param>
/// <param name="ToneMap">How its range was brought into the standard one; null where it was not.</param>
/// <param name="Picture">Number of the picture shown, in the segment: its middle.</param>
/// <param name="Width">Of the pictures, in pixels.</param>
/// <param name="Height">Of the pictures, in pixels.</param>
/// <param name="ChangedX">The middle of what has changed most, in pixels from the left.</param>
/// <param name="ChangedY">From the top.</param>
/// <param name="Likeness">Structural similarity of both pictures' brightness, 1 where nothing was done.</param>
/// <param name="Before">The picture as it was, a JPEG.</param>
/// <param name="After">The picture tuned, a JPEG.</param>
public sealed record TuningReport(
    IReadOnlyList<TuningDecision> Shots, ToneMapReport? ToneMap, int Picture, int Width, int Height, int ChangedX, int ChangedY, double Likeness, byte[] Before, byte[] After);
