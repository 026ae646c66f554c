namespace Transcode.Engine.Tuning.Plans;

/// <summary>How a segment's range was brought into the standard one.</summary>
/// <param name="Curve">Its name, as recipes have it.</param>
/// <param name="Gamut">What became of colours that the standard one does not have, likewise.</param>
/// <param name="PeakRule">How it was found what becomes white; null where the recipe says it.</param>
/// <param name="Shots">What became white in each, in order.</param>
/// <param name="Reasons">A line for each of them; for people.</param>
public sealed record ToneMapReport(string Curve, string Gamut, string? PeakRule, IReadOnlyList<ShotPeak> Shots, IReadOnlyList<string> Reasons);
