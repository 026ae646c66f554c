using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>Where the work of this box is done: its own workers, or in tests a script of what they would do.</summary>
internal interface ITranscoder
{
    /// <summary>Which build of the engine answers.</summary>
    /// <exception cref="TranscodeException">No worker can be started; the message says why.</exception>
    Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken);

    /// <summary>Starts an order.</summary>
    /// <param name="order">What to make.</param>
    /// <param name="source">What of.</param>
    /// <param name="priority">How urgently.</param>
    /// <param name="onChunk">Receives the result in order, each byte once; the memory is valid until its task ends.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    StartedWork Start(
        WorkOrder order,
        IByteSource source,
        WorkPriority priority,
        Func<ReadOnlyMemory<byte>, ValueTask> onChunk,
        CancellationToken cancellationToken);

    PoolStatus Status { get; }
}
