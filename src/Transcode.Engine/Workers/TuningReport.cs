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

/// <summary>How a segment's range was brought into the standard one.</summary>
/// <param name="Curve">Its name, as recipes have it.</param>
/// <param name="Gamut">What became of colours that the standard one does not have, likewise.</param>
/// <param name="PeakRule">How it was found what becomes white; null where the recipe says it.</param>
/// <param name="Shots">What became white in each, in order.</param>
/// <param name="Reasons">A line for each of them; for people.</param>
public sealed record ToneMapReport(string Curve, string Gamut, string? PeakRule, IReadOnlyList<ShotPeak> Shots, IReadOnlyList<string> Reasons);

/// <summary>What became white in a shot, in cd/m².</summary>
/// <param name="FirstPicture">Its number in the segment.</param>
/// <param name="FirstNits">In its first picture.</param>
/// <param name="LeastNits">In any.</param>
/// <param name="MostNits">In any.</param>
public sealed record ShotPeak(int FirstPicture, int FirstNits, int LeastNits, int MostNits);
