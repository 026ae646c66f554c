using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>An order for one rung of a segment of pictures, and who hears of it.</summary>
/// <param name="Recipe">What to make.</param>
/// <param name="OnChunk">Receives each chunk as it is made, on the rung's thread; the memory is valid during the call only.</param>
/// <param name="OnEnd">Called once: with the report, or with what went wrong, a <see cref="TranscodeException"/> or an
/// <see cref="OperationCanceledException"/>.</param>
/// <param name="GivesWay">Whether the encoder gives way to whatever else the box does.</param>
/// <param name="CancellationToken">Nobody waits for it any more.</param>
internal sealed record RungOrder(
    VideoRecipe Recipe,
    Action<ReadOnlyMemory<byte>> OnChunk,
    Action<WorkReport?, Exception?> OnEnd,
    bool GivesWay,
    CancellationToken CancellationToken)
{
    /// <summary>Where the recipe's spare goes on; null where the segment is made from its begin.</summary>
    public ResumePoint? Resume { get; init; }

    /// <summary>Sees each picture as it goes to the encoder, on the rung's thread; its time is its number in the segment, and it is not to be
    /// changed. Null where nobody looks.</summary>
    public Action<AvFrame>? OnPicture { get; init; }
}
