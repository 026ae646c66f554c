using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Workers that make pictures on a device, behind the lock.</summary>
[Collection(OpenClCollection.Name)]
public sealed class WorkerDeviceTests
{
    private const int SIGSYS = 31;

    private readonly Listener told = new();

    private static readonly GatedSource Source = new(RawVideo.Bytes, "aa");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Scaled, tuned, mapped from HDR: pictures of a segment are the device's and the processor's by turns, and nobody sees which.</summary>
    [Fact]
    public async Task Segments_OnADevice_AreTheSameBytes()
    {
        TestDevice.Any();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("programs-");
        try
        {
            WorkerPoolOptions options = Pools.Options with { SpareWorkers = 0 };
            byte[][] expected = await MakeAsync(options);
            WorkerPoolOptions withDevice = options with { Device = DeviceUse.Any, ProgramFolder = folder.FullName, StartTimeout = TimeSpan.FromMinutes(5) };
            Assert.Equal(expected, await MakeAsync(withDevice, status => Assert.Contains(status.Devices, line => line.EndsWith("used where it is quicker", StringComparison.Ordinal))));

            // Nothing that the lock forbids was asked for: that would be the processor's, and be told.
            Assert.DoesNotContain(told.Lines, line => line.Contains("the processor goes on", StringComparison.Ordinal));
            Assert.NotEmpty(folder.GetFiles("*.clbin"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A driver that takes its worker with it does so once.</summary>
    [Fact]
    public async Task Device_WhoseWorkerCrashed_IsLeftAlone()
    {
        TestDevice.Any();
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0, Device = DeviceUse.Any, StartTimeout = TimeSpan.FromMinutes(5) });
        byte[] made = await Pools.BytesAsync(pool, RawVideo.Segment(0), Source, Token);
        int worker = Assert.Single(pool.Status.Workers).ProcessId;

        // A compiler in the driver (LLVM) keeps the first of a crash's signals to itself.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (pool.Status.Restarts == 0)
        {
            _ = LibC.Kill(worker, SIGSYS);
            await Task.Delay(10, patience.Token);
        }

        byte[] again = await Pools.BytesAsync(pool, RawVideo.Segment(0), Source, Token);

        Assert.Equal(made, again);
        Assert.StartsWith("left alone for an hour", Assert.Single(pool.Status.Devices), StringComparison.Ordinal);
    }

    private async Task<byte[][]> MakeAsync(WorkerPoolOptions options, Action<PoolStatus>? look = null)
    {
        await using var pool = new WorkerPool(options, told, TimeProvider.System);
        SegmentOrder plain = RawVideo.Segment(0);
        var recipe = (VideoRecipe)plain.Recipe;
        SegmentOrder[] orders =
        [
            plain with { Recipe = recipe with { Width = 160, Height = 90 } },
            plain with { Recipe = recipe with { Width = 160, Height = 90, Tuning = PictureTuning.Of(new(48, 60, 16, 40)) } },
        ];
        var made = new List<byte[]>();
        foreach (SegmentOrder order in orders)
        {
            made.Add(await Pools.BytesAsync(pool, order, Source, Token));
        }

        look?.Invoke(pool.Status);
        return [.. made];
    }

    private sealed class Listener : ILogger<WorkerPool>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
