namespace Appliance.Sources;

/// <summary>A part of a source that its makers named.</summary>
/// <param name="StartSeconds">At least 0.</param>
/// <param name="EndSeconds">At or after the start.</param>
/// <param name="Title">Or null.</param>
internal sealed record ChapterResponse(double StartSeconds, double EndSeconds, string? Title);
