using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>What of a source an order touches, whatever rendition is made of it: a source that ends workers there does so
/// on every rung.</summary>
internal readonly record struct WorkPlace(string Fingerprint, string Place)
{
    public static WorkPlace Of(WorkOrder order, string fingerprint) => new(fingerprint, order switch
    {
        ProbeOrder => "probe",
        InitOrder init => $"init {Kind(init.Recipe)}",
        SegmentOrder segment => $"segment {segment.Index} {Kind(segment.Recipe)}",
        StillOrder still => $"still {still.Frame}",
        TuningOrder look => $"segment {look.Index} {Kind(look.Recipe)}",
        VerificationOrder verification => $"verification {verification.Claim.Index}",
        _ => order.GetType().Name,
    });

    /// <summary>Whether the order takes a slot of the many that encode pictures.</summary>
    public static bool IsHeavy(WorkOrder order) => order is StillOrder or TuningOrder or VerificationOrder or SegmentOrder { Recipe: not (AudioRecipe or TextRecipe or CopyRecipe) };

    private static string Kind(Recipe recipe) => recipe switch
    {
        VideoRecipe => "video",
        IFrameRecipe => "picture",
        TileRecipe => "tiles",
        TextRecipe => "text",
        CopyRecipe => "copy",
        _ => "audio",
    };
}
