using System.Text.Json.Serialization;

namespace Transcode.Engine.Hardware;

/// <summary>What came of trying a path, and why.</summary>
/// <param name="Path">Which.</param>
/// <param name="Verdict">In one word.</param>
/// <param name="Reason">In a sentence for people; never empty.</param>
/// <param name="Figures">Where it works.</param>
public sealed record PathResult(CodingPath Path, PathVerdict Verdict, string Reason, PathFigures? Figures = null)
{
    /// <summary>What libav or the process said, where it adds to the reason; else null.</summary>
    public string? Detail { get; init; }

    /// <summary>Of a device's encoder that works and can make a ladder's rungs; else null.</summary>
    public PathRehearsal? Rehearsal { get; init; }

    /// <summary>When it was tried; null where it was not.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    [JsonIgnore]
    public bool EndedItsProcess => Verdict is PathVerdict.Crashed or PathVerdict.Hung;
}
