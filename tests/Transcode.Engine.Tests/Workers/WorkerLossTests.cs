using System.Globalization;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class WorkerLossTests
{
    /// <summary>A crash the runtime has no handler for.</summary>
    private const int SIGSYS = 31;
    private const int SIGSTOP = 19;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_MidOrder_IsRetriedOnceWithTheSameBytes()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        byte[] undisturbed = await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "aa"), Token);

        var source = new GatedSource(RawVideo.Bytes, "bb", RawVideo.InsideFirstSegment);
        var firstChunk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var output = new MemoryStream();
        WorkHandle handle = pool.Start(
            RawVideo.Segment(0),
            source,
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                firstChunk.TrySetResult();
                return ValueTask.CompletedTask;
            },
            Token);
        await source.Arrivals.ReadAsync(Token);
        await firstChunk.Task.WaitAsync(Token);
        Pools.Kill(Pools.BusyProcess(pool));
        source.Open();
        WorkReport report = await handle.Completion;

        Assert.Equal(undisturbed, output.ToArray());
        Assert.Equal(undisturbed.Length, report.BytesOut);
        Assert.Empty(pool.Status.Quarantined);
    }

    [Fact]
    public async Task CrashedTwice_AtOnePlace_IsQuarantinedThereAndOnlyThere()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        for (int i = 0; i < 2; i++)
        {
            await source.Arrivals.ReadAsync(Token);
            Assert.Equal(0, LibC.Kill(Pools.BusyProcess(pool), SIGSYS));
        }

        var died = await Assert.ThrowsAsync<TranscodeException>(() => handle.Completion);
        Assert.Equal(FailureCause.WorkerDied, died.Failure.Cause);
        source.Open();
        var shut = await Assert.ThrowsAsync<TranscodeException>(() =>
            pool.RunAsync(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token));
        Assert.Equal(FailureCause.Quarantined, shut.Failure.Cause);
        Assert.Contains("signal 31", shut.Message, StringComparison.Ordinal);
        Assert.Equal(("aa", "segment 0 video"), Assert.Single(pool.Status.Quarantined) is { } entry ? (entry.Fingerprint, entry.Place) : default);

        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(1), source, Token));
        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "bb"), Token));
    }

    [Fact]
    public async Task KilledFromOutsideAgainAndAgain_AtOnePlace_IsAnsweredAllTheSame()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        for (int i = 0; i < Quarantine.FatalSignals - 1; i++)
        {
            await source.Arrivals.ReadAsync(Token);
            Pools.Kill(Pools.BusyProcess(pool));
        }

        await source.Arrivals.ReadAsync(Token);
        source.Open();

        Assert.True((await handle.Completion).BytesOut > 0);
        Assert.Empty(pool.Status.Quarantined);
    }

    [Fact]
    public async Task KilledFromOutside_WhileStarting_IsNoFailureToStart()
    {
        DirectoryInfo marks = Directory.CreateTempSubdirectory("killed-starts-");
        try
        {
            // Each start that can make the next mark is killed; a folder is made by one only.
            string script = Path.Combine(marks.FullName, "worker");
            await File.WriteAllTextAsync(
                script, $"for i in 1 2 3 4 5; do mkdir {marks.FullName}/$i 2>/dev/null && kill -KILL $$; done\nexec {Pools.WorkerPath} \"$@\"\n", Token);
            await using WorkerPool pool = Pools.Of(Pools.Options with { WorkerPath = "/bin/sh", WorkerArguments = [script, "worker"] });

            Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "aa"), Token));
            Assert.Equal(5, marks.GetDirectories().Length);
        }
        finally
        {
            marks.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Killed_WhileOthersRun_DoesNotDisturbThem()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Slots = 2 });
        var victim = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle killed = pool.Start(RawVideo.Segment(0), victim, WorkPriority.Playing, Pools.Nowhere, Token);
        await victim.Arrivals.ReadAsync(Token);
        int process = Pools.BusyProcess(pool);
        var other = new GatedSource(RawVideo.Bytes, "bb", gateAt: 0);
        WorkHandle undisturbed = pool.Start(RawVideo.Segment(0), other, WorkPriority.Playing, Pools.Nowhere, Token);
        await other.Arrivals.ReadAsync(Token);

        Pools.Kill(process);
        other.Open();
        await undisturbed.Completion;
        victim.Open();
        await killed.Completion;
        Assert.Empty(pool.Status.Quarantined);
    }

    [Fact]
    public async Task Stopped_MidOrder_IsEndedAndTheOrderRetried()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { ProgressTimeout = TimeSpan.FromSeconds(2) });
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        await source.Arrivals.ReadAsync(Token);
        int process = Pools.BusyProcess(pool);
        Assert.Equal(0, LibC.Kill(process, SIGSTOP));
        source.Open();

        await handle.Completion;

        Assert.False(Pools.IsAlive(process));
        Assert.Equal((1L, 1L), (pool.Status.Hung, pool.Status.Completed));
    }

    [Fact]
    public async Task Stopped_ThenCancelled_IsEndedAndCountsForNobody()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { CancelTimeout = TimeSpan.FromMilliseconds(200) });
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        for (int i = 0; i < 2; i++)
        {
            using var cancellation = new CancellationTokenSource();
            WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, cancellation.Token);
            await source.Arrivals.ReadAsync(Token);
            Assert.Equal(0, LibC.Kill(Pools.BusyProcess(pool), SIGSTOP));
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handle.Completion);
        }

        source.Open();
        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token));
    }

    [Fact]
    public async Task SourceFails_MidOrder_IsSaidWithoutItsDetails()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var failure = await Assert.ThrowsAsync<TranscodeException>(() =>
            pool.RunAsync(RawVideo.Segment(0), new UnreadableSource(), WorkPriority.Playing, Pools.Nowhere, Token));
        Assert.Equal(FailureCause.SourceUnreadable, failure.Failure.Cause);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Contains("secret", failure.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Status.Restarts);
    }

    [Fact]
    public async Task Parent_ClosesThePipe_EndsTheWorker()
    {
        using var worker = RawWorker.Start(Pools.WorkerPath, ["worker"]);
        Assert.Equal(MessageKind.Hello, Frame.Read(worker.StandardOutput.BaseStream, fromWorker: true)!.Value.Kind);
        worker.StandardInput.Close();
        await worker.WaitForExitAsync(Token);
        Assert.Equal(WorkerProgram.ExitOrphaned, worker.ExitCode);
    }

    [Fact]
    public async Task Parent_Killed_TakesItsStoppedWorkerAlong()
    {
        // The shell is the parent; the worker's pipe stays open at both ends, in this test.
        using var parent = RawWorker.Start("/bin/sh", ["-c", "exec 3<&0; \"$0\" worker --parent=$$ <&3 & echo $! >&2; wait", Pools.WorkerPath]);
        int worker = int.Parse((await parent.StandardError.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
        Assert.Equal(MessageKind.Hello, Frame.Read(parent.StandardOutput.BaseStream, fromWorker: true)!.Value.Kind);
        Assert.Equal(0, LibC.Kill(worker, SIGSTOP));
        parent.Kill();
        // Nothing but the worker holds the other end now.
        Assert.Null(Frame.Read(parent.StandardOutput.BaseStream, fromWorker: true));
    }
}
