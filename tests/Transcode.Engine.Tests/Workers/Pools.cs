using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Pools of the real worker program, as it was built beside these tests.</summary>
internal static class Pools
{
    public static readonly string WorkerPath = Path.Combine(AppContext.BaseDirectory, "Transcode.Engine");

    /// <summary>One that is told to stop has so long that a busy machine ends none; tests of that limit have their own.</summary>
    public static readonly WorkerPoolOptions Options = new() { WorkerPath = WorkerPath, WorkerArguments = ["worker"], Slots = 1, CancelTimeout = TimeSpan.FromSeconds(15) };

    public static WorkerPool Of(WorkerPoolOptions options) => new(options, NullLogger<WorkerPool>.Instance, TimeProvider.System);

    /// <summary>Runs an order and returns its bytes.</summary>
    public static async Task<byte[]> BytesAsync(WorkerPool pool, WorkOrder order, IByteSource source, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await pool.RunAsync(order, source, WorkPriority.Playing, Into(output), cancellationToken);
        return output.ToArray();
    }

    public static Func<ReadOnlyMemory<byte>, ValueTask> Into(MemoryStream output) => chunk =>
    {
        output.Write(chunk.Span);
        return ValueTask.CompletedTask;
    };

    public static ValueTask Nowhere(ReadOnlyMemory<byte> chunk) => ValueTask.CompletedTask;

    /// <summary>The process that is busy.</summary>
    public static int BusyProcess(WorkerPool pool) => pool.Status.Workers.Single(worker => worker.Work is not null).ProcessId;

    public static void Kill(int process)
    {
        using Process worker = Process.GetProcessById(process);
        worker.Kill();
    }

    public static bool IsAlive(int process) => File.Exists($"/proc/{process}/statm");
}
