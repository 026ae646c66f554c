using Appliance.Jobs.Batch;
using Appliance.Playback;
using Appliance.Transcoding;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Command;

/// <summary>Makes segments where nobody else wants any: straight from the workers.</summary>
internal sealed class PooledMaker(ITranscoder transcoder, WorkerPoolOptions pool) : ISegmentMaker
{
    public int Slots => pool.Slots;

    public int PieceLimit => pool.QueueLimit;

    public async Task<ReadOnlyMemory<byte>> MakeAsync(Artifact artifact, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        StartedWork work = transcoder.Start(
            artifact.Order,
            artifact.Source,
            WorkPriority.Background,
            chunk =>
            {
                content.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        await work.Completion;
        return content.ToArray();
    }
}
