using Appliance.Budgets;
using Appliance.Jobs.Batch;
using Appliance.Playback;
using Transcode.Engine.Workers;

namespace Appliance.Jobs;

/// <summary>Makes segments through the cache, like a player that is in no hurry: what somebody plays is joined, what is
/// kept is taken, what is made is metered. A player who comes for the same segment makes it urgent.</summary>
internal sealed class CachedMaker(SegmentCache cache, CacheLimits limits, PoolSize size) : ISegmentMaker
{
    public int Slots => size.Now.Slots;

    /// <summary>A part of what the cache makes at once: the rest is for players and what is made ahead of them.</summary>
    public int PieceLimit => limits.Flights / 4;

    public async Task<ReadOnlyMemory<byte>> MakeAsync(Artifact artifact, CancellationToken cancellationToken)
    {
        using ArtifactReader reader = cache.Open(artifact, new Urgency(WorkPriority.Background));
        using var content = new MemoryStream();
        await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, cancellationToken))
        {
            content.Write(piece.Span);
        }

        // Metered before it is kept: after a crash in between it is made again, and metered once all the same.
        await reader.SettledAsync(cancellationToken);
        return content.ToArray();
    }
}
