using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Telemetry;

/// <summary>What figures and spans call a kind of work: few names, which are not changed.</summary>
internal static class WorkNames
{
    public static string Of(WorkOrder order) => order switch
    {
        InitOrder => "init",
        SegmentOrder { Recipe: VideoRecipe } => "video",
        SegmentOrder { Recipe: CopyRecipe } => "copy",
        SegmentOrder { Recipe: AudioRecipe } => "audio",
        SegmentOrder { Recipe: TextRecipe } => "text",
        SegmentOrder { Recipe: IFrameRecipe } => "iframes",
        SegmentOrder { Recipe: TileRecipe } => "tiles",
        StillOrder => "still",
        _ => "look",
    };
}
