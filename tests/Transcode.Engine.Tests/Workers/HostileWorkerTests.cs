using System.Buffers.Binary;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Programs that speak the protocol wrongly: what a worker might do that a film has taken over.</summary>
public sealed class HostileWorkerTests : IDisposable
{
    private static readonly WorkReport Lie = new("e", "", 1, 0, 0, 0, 3, new string('0', 64), DateTimeOffset.UnixEpoch, 1, 1, 1);

    private readonly string script = Path.Combine(Path.GetTempPath(), $"hostile-{Guid.NewGuid():N}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(script);

    [Fact]
    public async Task Read_OutsideTheSource_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync(Read(1, long.MaxValue - 10, 100))).Cause);

    [Fact]
    public async Task Reads_WithoutEnd_EndTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync([.. Enumerable.Range(1, 50).SelectMany(i => Read(i, 0, 1))], gateAt: 0)).Cause);

    [Fact]
    public async Task Chunk_OfAnotherOrder_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync(Raw(Frames.Chunk(99, [1])))).Cause);

    [Fact]
    public async Task Kind_Unknown_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync([200, 0, 0, 0, 0])).Cause);

    [Fact]
    public async Task Document_NotJson_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync([(byte)MessageKind.Done, 5, 0, 0, 0, 1, 0, 0, 0, (byte)'x'])).Cause);

    [Fact]
    public async Task Hello_Again_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync(Hello())).Cause);

    [Fact]
    public async Task Report_ThatDoesNotFitTheBytes_IsAFailure() =>
        Assert.Equal(FailureCause.Internal, (await FailureOfAsync([.. Raw(Frames.Chunk(1, [1, 2, 3])), .. Raw(Frames.Done(1, Lie))])).Cause);

    [Fact]
    public async Task Cancelled_Unasked_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync(Raw(Frames.Cancelled(1)))).Cause);

    [Fact]
    public async Task Late_ForAnOrderThatIsAlone_EndsTheWorker() =>
        Assert.Equal(FailureCause.WorkerDied, (await FailureOfAsync(Raw(Frames.Late(1)))).Cause);

    [Fact]
    public async Task Output_WithoutEnd_IsAFailure()
    {
        byte[] chunk = Raw(Frames.Chunk(1, new byte[MessageLimits.PieceBytes]));
        Assert.Equal(FailureCause.Internal, (await FailureOfAsync([.. chunk, .. chunk, .. chunk])).Cause);
    }

    [Fact]
    public async Task Failed_WithACauseOfThePool_IsInternal() =>
        Assert.Equal(FailureCause.Internal, (await FailureOfAsync(Raw(Frames.Failed(1, new(FailureStage.Worker, FailureCause.Quarantined, "x"))))).Cause);

    [Fact]
    public async Task Start_WithAnExplanation_FailsWithIt()
    {
        await File.WriteAllBytesAsync(script, Raw(Frames.Failed(0, new(FailureStage.Worker, FailureCause.Internal, "libav is not here"))), Token);
        await using WorkerPool pool = Pools.Of(Hostile());
        var failure = await Assert.ThrowsAsync<TranscodeException>(() => pool.GetIdentityAsync(Token));
        Assert.Equal("libav is not here", failure.Message);
        failure = await Assert.ThrowsAsync<TranscodeException>(() =>
            pool.RunAsync(new ProbeOrder(), new GatedSource([1], "aa"), WorkPriority.Playing, Pools.Nowhere, Token));
        Assert.Equal("libav is not here", failure.Message);
    }

    /// <summary>Seen before it is given anything or after: such do not follow each other without end.</summary>
    [Fact]
    public async Task Start_ThatEndsAfterItsHello_IsAFailure()
    {
        await File.WriteAllBytesAsync(script, Hello(), Token);
        await using WorkerPool pool = Pools.Of(Hostile() with { WorkerArguments = ["-c", "cat \"$0\"", script] });
        Task<EngineIdentity> known = pool.GetIdentityAsync(Token);
        for (int i = 0; i < 20; i++)
        {
            var failure = await Assert.ThrowsAsync<TranscodeException>(() =>
                pool.RunAsync(new ProbeOrder(), new GatedSource(new byte[100], $"{i}"), WorkPriority.Playing, Pools.Nowhere, Token));
            Assert.Equal(FailureCause.WorkerDied, failure.Failure.Cause);
        }

        Assert.Equal("e", (await known).Engine);
    }

    [Fact]
    public async Task Start_WithLastWords_FailsWithThem()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { WorkerPath = "/bin/sh", WorkerArguments = ["-c", "echo no runtime here >&2; exit 7"] });
        var failure = await Assert.ThrowsAsync<TranscodeException>(() => pool.GetIdentityAsync(Token));
        Assert.Equal("A worker cannot start: it ended with code 7; its last words: no runtime here", failure.Message);
    }

    [Fact]
    public async Task Start_WithoutAHello_EndsInTime()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with
        {
            WorkerPath = "/bin/sh", WorkerArguments = ["-c", "exec sleep 1000"], StartTimeout = TimeSpan.FromMilliseconds(200),
        });
        var failure = await Assert.ThrowsAsync<TranscodeException>(() => pool.GetIdentityAsync(Token));
        Assert.Contains("not ready", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSuchProgram_FailsAtOnce()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { WorkerPath = "/no/such/program" });
        var failure = await Assert.ThrowsAsync<TranscodeException>(() => pool.GetIdentityAsync(Token));
        Assert.Contains("/no/such/program", failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Raw(Frame frame) => frame.Bytes.ToArray();

    private static byte[] Hello() => Raw(Frames.Hello(new WorkerHello(new EngineIdentity("e", "l", "f"), [])));

    /// <summary>As <see cref="Frames.Read"/>, with numbers that would not pass there.</summary>
    private static byte[] Read(int request, long offset, int count)
    {
        byte[] message = new byte[MessageLimits.HeaderBytes + 16];
        message[0] = (byte)MessageKind.Read;
        message[1] = 16;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(5), request);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(9), offset);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(17), count);
        return message;
    }

    private WorkerPoolOptions Hostile() => Pools.Options with
    {
        WorkerPath = "/bin/sh",
        // The numbers of orders count up in a worker's life: these say it all to the first.
        WorkerArguments = ["-c", "cat \"$0\"; exec sleep 1000", script],
        MaxOutputBytes = 2 << 20,
        SpareWorkers = 0,
    };

    private async Task<WorkFailure> FailureOfAsync(byte[] speech, long gateAt = long.MaxValue)
    {
        await File.WriteAllBytesAsync(script, [.. Hello(), .. speech], Token);
        await using WorkerPool pool = Pools.Of(Hostile());
        var failure = await Assert.ThrowsAsync<TranscodeException>(() =>
            pool.RunAsync(new ProbeOrder(), new GatedSource(new byte[100], "aa", gateAt), WorkPriority.Playing, Pools.Nowhere, Token));
        return failure.Failure;
    }
}
