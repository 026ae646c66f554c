using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Something that can be made: the key it is known by, and the order that makes it.</summary>
internal sealed record Artifact(ArtifactKey Key, WorkOrder Order, IByteSource Source)
{
    /// <summary>Strong where equal keys are equal bytes. A device's segment that is made again shows the same in other bytes, so nobody may put parts of both together: weak
    /// (RFC 9110, 8.8.1).</summary>
    public string ETag => IsOfDevice ? $"W/{Key.ETag}" : Key.ETag;

    /// <summary>Whether a second making may have other bytes.</summary>
    public bool IsOfDevice => Order is SegmentOrder { Recipe: VideoRecipe { EncoderDevice: not null } };
}
