using System.Text.Json.Serialization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Verification;

namespace Transcode.Engine.Workers;

/// <summary>One piece of work: a pure function's arguments, besides the source's bytes. Its result is a stream of
/// bytes (chunks) and a <see cref="WorkReport"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(ProbeOrder), "probe")]
[JsonDerivedType(typeof(InitOrder), "init")]
[JsonDerivedType(typeof(SegmentOrder), "segment")]
[JsonDerivedType(typeof(StillOrder), "still")]
[JsonDerivedType(typeof(TuningOrder), "tuning")]
[JsonDerivedType(typeof(VerificationOrder), "verification")]
public abstract record WorkOrder;

/// <summary>Find out what the source is. The result is the UTF-8 JSON of a <see cref="SourceDescription"/>.</summary>
public sealed record ProbeOrder : WorkOrder;

/// <summary>Make the initialization segment (CMAF header) of a rendition. The result is its bytes, in one chunk.</summary>
public sealed record InitOrder(SourceDescription Source, Recipe Recipe) : WorkOrder;

/// <summary>Make one media segment of a rendition. The result is CMAF chunks of about half a second, as they are made.</summary>
/// <param name="Source">As the probe described it.</param>
/// <param name="Recipe">What to make.</param>
/// <param name="Index">0 to the grid's segment count − 1; of text, to the recipe's.</param>
public sealed record SegmentOrder(SourceDescription Source, Recipe Recipe, int Index) : WorkOrder
{
    /// <summary>Where the recipe's spare goes on; null where the segment is made from its begin, by the recipe's encoder.</summary>
    public ResumePoint? Resume { get; init; }
}

/// <summary>Where in a segment a spare encoder goes on: on the same grid, with the bits that are left.</summary>
/// <param name="Frame">Of the segment, from 0: those before were delivered.</param>
/// <param name="BufferPercent">How full the buffer model is there, in hundredths.</param>
public sealed record ResumePoint(int Frame, int BufferPercent);

/// <summary>Make a JPEG of the picture shown at a frame of the grid, or of the cover art where there is only sound.</summary>
/// <param name="Source">As the probe described it; it must have video or a cover.</param>
/// <param name="Frame">Number of the frame on the grid.</param>
/// <param name="Width">The longer side of the picture, even; the other follows the aspect.</param>
public sealed record StillOrder(SourceDescription Source, long Frame, int Width) : WorkOrder
{
    /// <summary>How a high dynamic range becomes the standard one; null leaves code values as they are.</summary>
    public StandardRange? StandardRange { get; init; }
}

/// <summary>Look at what tuning does to a segment. The result is the UTF-8 JSON of a <see cref="TuningReport"/>.</summary>
/// <param name="Source">As the probe described it; it has video.</param>
/// <param name="Recipe">Of the rung.</param>
/// <param name="Index">0 to the grid's segment count − 1.</param>
public sealed record TuningOrder(SourceDescription Source, VideoRecipe Recipe, int Index) : WorkOrder;

/// <summary>Say whether a segment that somebody made is what was asked for. The bytes it is given are those of <see cref="ClaimedBytes"/>; the result is the UTF-8
/// JSON of a <see cref="Verdict"/>.</summary>
/// <param name="Claim">What is said to have been made.</param>
/// <param name="SourceBytes">How many of the bytes are the source's.</param>
/// <param name="InitBytes">How many after these are the initialization segment's; all the others are the media segment's.</param>
/// <param name="Drawn">Numbers in the segment of the pictures that are looked at, 1 to <see cref="Challenge.MostFrames"/> of them: see <see cref="Challenge"/>.</param>
public sealed record VerificationOrder(RenditionClaim Claim, long SourceBytes, long InitBytes, IReadOnlyList<int> Drawn) : WorkOrder;
