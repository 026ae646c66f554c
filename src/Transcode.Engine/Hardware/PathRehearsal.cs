namespace Transcode.Engine.Hardware;

/// <summary>What came of having an encoder make segments as it would for players.</summary>
/// <param name="Passed">Whether it may make a ladder's rungs.</param>
/// <param name="Reason">In a sentence for people; never empty.</param>
public sealed record PathRehearsal(bool Passed, string Reason);
