using Transcode.Engine.Recipes;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>What is done to a shot, or to the part of it that a segment has, and why.</summary>
/// <param name="FirstPicture">Its number in the segment.</param>
/// <param name="Measures">Null where nothing was measured: it was too short, or the recipe says the plan.</param>
/// <param name="Plan">What is done.</param>
/// <param name="Reasons">A line for each of what could have been done; for people.</param>
public sealed record TuningDecision(int FirstPicture, TuningMeasures? Measures, TuningPlan Plan, IReadOnlyList<string> Reasons);
