using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>Work done by the pool of worker processes.</summary>
internal sealed class PooledTranscoder(WorkerPool pool) : ITranscoder
{
    public PoolStatus Status => pool.Status;

    public Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken) => pool.GetIdentityAsync(cancellationToken);

    public StartedWork Start(
        WorkOrder order,
        IByteSource source,
        WorkPriority priority,
        Func<ReadOnlyMemory<byte>, ValueTask> onChunk,
        CancellationToken cancellationToken)
    {
        (Task<WorkReport> completion, Action<WorkPriority> reprioritize) = SpareWork.Start(pool, order, source, priority, onChunk, cancellationToken);
        return new(completion, reprioritize);
    }
}
