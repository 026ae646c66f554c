using Xunit;

namespace Repository.Tests;

/// <summary>Which room of the engine may name a type of which other.</summary>
public sealed class EngineWallTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Interop"] = [],
        ["Media"] = ["Interop"],
        ["Recipes"] = ["Media", "Interop"],
        ["Tuning"] = ["Recipes", "Media", "Interop"],
        ["Quality"] = ["Tuning", "Media", "Interop"],
        ["Segments"] = ["Tuning", "Quality", "Recipes", "Media", "Interop"],
        ["Verification"] = ["Segments", "Quality", "Tuning", "Recipes", "Media", "Interop"],
        ["Movies"] = ["Segments", "Media", "Interop"],
        ["Hardware"] = ["Segments", "Movies", "Quality", "Tuning", "Recipes", "Media", "Interop"],
        ["Workers"] = ["Verification", "Hardware", "Segments", "Tuning", "Recipes", "Media", "Interop"],
    };

    /// <summary>What a worker is told and answers: the engine's contract lies with the workers, and every room above the
    /// native one speaks in it.</summary>
    private static readonly HashSet<string> Contract =
    [
        "WorkOrder", "ProbeOrder", "InitOrder", "SegmentOrder", "ResumePoint", "StillOrder", "TuningOrder", "VerificationOrder", "TuningReport", "WorkReport", "WorkFailure", "FailureStage",
        "FailureCause", "TranscodeException", "EngineIdentity", "DecoderNote", "DecoderBlame",
    ];

    [Fact]
    public void Rooms_Names_AreThoseOfTheTable() =>
        Assert.Empty(EngineSource.UsesAcrossRooms.SelectMany(use => new[] { use.From, use.To })
            .Where(room => room.Length > 0 && !Allowed.ContainsKey(room)).Distinct());

    [Fact]
    public void Rooms_Uses_PointOneWay() =>
        Assert.Empty(EngineSource.UsesAcrossRooms.Where(use => !IsAllowed(use)));

    /// <summary>That the compiler found what it looked for: an empty list would hold every wall.</summary>
    [Fact]
    public void Rooms_KnownUses_AreSeen()
    {
        Assert.Contains(EngineSource.UsesAcrossRooms, use => use is { From: "Recipes", To: "Media", Type: "Grid" });
        Assert.Contains(EngineSource.UsesAcrossRooms, use => use is { From: "Workers", To: "Recipes", Type: "Recipe" });
    }

    private static bool IsAllowed(EngineSource.Use use) =>
        (Allowed.TryGetValue(use.From, out string[]? rooms) && rooms.Contains(use.To))
        || (use.From != "Interop" && use.To == "Workers" && Contract.Contains(use.Type));
}
