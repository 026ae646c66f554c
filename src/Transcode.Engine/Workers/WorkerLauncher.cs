using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Interop.Linux;

namespace Transcode.Engine.Workers;

/// <summary>The one thread that starts workers. A worker asks the kernel to be ended with its parent, which to the kernel
/// is the <em>thread</em> that forked: a thread of the pool may retire at any time, this one stays as long as the pool. Its niceness, and the processors it may run on,
/// are what workers inherit.</summary>
/// <remarks>The number of a processor is not told to anybody: where others limit themselves likewise, they may meet on the same.</remarks>
internal sealed class WorkerLauncher : IDisposable
{
    private readonly BlockingCollection<Action> starts = [];
    private readonly WorkerPoolOptions options;
    private byte[]? own;

    public WorkerLauncher(WorkerPoolOptions options)
    {
        this.options = options;
        new Thread(Run) { Name = "worker launcher", IsBackground = true }.Start();
    }

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

    /// <summary>What is started from now on runs on so many processors.</summary>
    /// <param name="cores">At least 1; null for all that this process has.</param>
    public void Keep(int? cores) => starts.Add(() => KeepHere(cores));

    /// <summary>To be called when no worker lives.</summary>
    public void Dispose() => starts.CompleteAdding();

    private void Run()
    {
        if (OperatingSystem.IsLinux())
        {
            // Neither is refused to anybody for his own threads, so long as it takes and does not give.
            _ = options.Niceness == 0 ? 0 : LibC.SetPriority(LibC.PRIO_PROCESS, 0, options.Niceness);
            own = Affinity.Own();
            if (options.Cores is not null)
            {
                KeepHere(options.Cores);
            }
        }

        foreach (Action start in starts.GetConsumingEnumerable())
        {
            start();
        }

        starts.Dispose();
    }

    /// <summary>On the thread itself.</summary>
    private void KeepHere(int? cores)
    {
        if (OperatingSystem.IsLinux() && own is not null)
        {
            _ = Affinity.Keep(cores ?? int.MaxValue, own);
        }
    }
}
