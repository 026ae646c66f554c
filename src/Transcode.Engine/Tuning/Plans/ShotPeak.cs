namespace Transcode.Engine.Tuning.Plans;

/// <summary>What became white in a shot, in cd/m².</summary>
/// <param name="FirstPicture">Its number in the segment.</param>
/// <param name="FirstNits">In its first picture.</param>
/// <param name="LeastNits">In any.</param>
/// <param name="MostNits">In any.</param>
public sealed record ShotPeak(int FirstPicture, int FirstNits, int LeastNits, int MostNits);
