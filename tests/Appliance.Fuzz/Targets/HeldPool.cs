using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>Real workers, until the scene ends.</summary>
internal sealed class HeldPool(WorkerPoolOptions options) : IDisposable
{
    public WorkerPool Pool { get; } = new(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);

    public void Dispose() => Pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
