using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Transcode.Engine.Workers;

/// <summary>The one thread that starts workers. A worker asks the kernel to be ended with its parent, which to the kernel
/// is the <em>thread</em> that forked: a thread of the pool may retire at any time, this one stays as long as the pool.</summary>
internal sealed class WorkerLauncher : IDisposable
{
    private readonly BlockingCollection<Action> starts = [];

    public WorkerLauncher() => new Thread(Run) { Name = "worker launcher", IsBackground = true }.Start();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The failure is the task's.")]
    public Task<WorkerProcess> StartAsync(Func<WorkerProcess> start)
    {
        var started = new TaskCompletionSource<WorkerProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        starts.Add(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>To be called when no worker lives.</summary>
    public void Dispose() => starts.CompleteAdding();

    private void Run()
    {
        foreach (Action start in starts.GetConsumingEnumerable())
        {
            start();
        }

        starts.Dispose();
    }
}
