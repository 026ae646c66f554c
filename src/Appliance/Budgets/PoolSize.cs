using Transcode.Engine.Workers;

namespace Appliance.Budgets;

/// <summary>How much the workers may take now: what the box began with, until its owner says otherwise.</summary>
/// <param name="start">As the pool was made.</param>
internal sealed class PoolSize(WorkerPoolOptions start)
{
    private volatile WorkerPoolOptions _now = start;

    public WorkerPoolOptions Now
    {
        get => _now;
        set => _now = value;
    }
}
