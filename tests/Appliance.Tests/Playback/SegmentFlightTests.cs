using System.Net;
using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

/// <summary>Segments while they are being made.</summary>
public sealed class SegmentFlightTests
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedTranscoder _work = new();

    [Fact]
    public async Task Get_TwentyClientsAtOnce_CostOneEncode()
    {
        HoldFrom(chunk: 0);
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        string url = appliance.Url("720p", "9.m4s");
        Task<byte[]>[] clients = [.. Enumerable.Range(0, 20).Select(_ => appliance.GetBytesAsync(url))];
        await _work.UntilAsync(w => w.SegmentsStarted.Any());
        _go.SetResult();
        byte[][] bodies = await Task.WhenAll(clients);

        Assert.All(bodies, body => Assert.Equal(ScriptedTranscoder.Whole(appliance.Order("720p", 9)), body));
        Assert.Equal(1, _work.SegmentsStarted.Count(index => index == 9));
    }

    [Fact]
    public async Task Get_WhileEncoding_TheFirstBytesLeaveAndALatecomerGetsThemToo()
    {
        HoldFrom(chunk: 1);
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage early = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        using HttpResponseMessage late = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        byte[] first = await FirstChunkAsync(early);
        byte[] alsoFirst = await FirstChunkAsync(late);

        Assert.Equal(ScriptedTranscoder.Chunk(appliance.Order("720p", 3), 0), first);
        Assert.Equal(first, alsoFirst);
        Assert.Null(early.Content.Headers.ContentLength);
        Assert.StartsWith("cache;desc=\"made\", first;dur=", early.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.StartsWith("cache;desc=\"joined\"", late.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        _go.SetResult();
    }

    [Fact]
    public async Task Get_LastClientGoesAway_TheWorkIsCancelledAndNothingFollows()
    {
        HoldFrom(chunk: 1);
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        HttpResponseMessage one = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        HttpResponseMessage two = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        one.Dispose();
        two.Dispose();
        await _work.UntilAsync(w => w.Cancelled == 1 && w.Running == 0);
        await appliance.UntilLandedAsync();

        Assert.Equal([3], _work.SegmentsStarted);
        Assert.Equal(0, appliance.Cache.Status.MemoryBytes);
    }

    [Fact]
    public async Task Open_LastReaderLeavesAfterTheLastChunk_NothingIsKeptForTheWhole()
    {
        _work.BeforeReport = _ => _go.Task;
        using var folder = new ScratchFolder();
        await using var box = new Household(_work, new VirtualTime(), folder.Path, slots: 2, new CacheLimits { DiskBytes = 1 << 20 });
        SourceDescription film = Household.Film(segments: 10);
        Artifact artifact = Household.Segment(1, film, Ladder.For(film).Video[0].Recipe, index: 3);
        Task landed;
        using (ArtifactReader reader = box.Cache.Open(artifact, Urgency.Playing))
        {
            landed = reader.SettledAsync(TestContext.Current.CancellationToken);
            await BytesAsync(reader, chunks: 3);
        }

        _go.SetResult();
        await landed;
        Assert.Null(box.Cache.KnownLength(artifact.Key));
        using ArtifactReader again = box.Cache.Open(artifact, Urgency.Playing);

        Assert.Equal(ScriptedTranscoder.Whole((SegmentOrder)artifact.Order), await BytesAsync(again, chunks: 3));
        Assert.Equal([3, 3], _work.SegmentsStarted);
    }

    /// <summary>The two meet at any instant, and either may be first: what is kept is whole, or there is nothing. In the long form four times as often.</summary>
    [Fact]
    public async Task Open_LastReaderLeavesAsTheWorkReports_WhatIsKeptIsWhole()
    {
        int segments = Environment.GetEnvironmentVariable("TEST_WHOLE") == "1" ? 20_000 : 5000;
        using var go = new Barrier(participantCount: 2);
        _work.BeforeReport = _ => Task.Run(() => go.SignalAndWait(TestContext.Current.CancellationToken));
        using var folder = new ScratchFolder();
        await using var box = new Household(_work, new VirtualTime(), folder.Path, slots: 2, new CacheLimits { DiskBytes = 64 << 20 });
        SourceDescription film = Household.Film(segments);
        Recipe recipe = Ladder.For(film).Video[0].Recipe;
        for (int i = 0; i < segments; i++)
        {
            Artifact artifact = Household.Segment(1, film, recipe, i);
            ArtifactReader reader = box.Cache.Open(artifact, Urgency.Playing);
            Task landed = reader.SettledAsync(TestContext.Current.CancellationToken);
            byte[] whole = await BytesAsync(reader, chunks: 3);
            go.SignalAndWait(TestContext.Current.CancellationToken);
            Thread.SpinWait(i % 1000);
            reader.Dispose();
            await landed;

            Assert.Contains(box.Cache.KnownLength(artifact.Key), new long?[] { null, whole.Length });
        }
    }

    [Fact]
    public async Task Get_OneOfTwoClientsGoesAway_TheOtherGetsItAll()
    {
        HoldFrom(chunk: 1);
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        HttpResponseMessage one = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"));
        using HttpResponseMessage two = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"));
        one.Dispose();
        _go.SetResult();

        Assert.Equal(
            ScriptedTranscoder.Whole(appliance.Order("720p", 15)),
            await two.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, _work.Cancelled);
    }

    [Fact]
    public async Task Get_SeekStorm_LastArrivesAndNothingRuns()
    {
        _work.BeforeChunk = (order, chunk, token) =>
            chunk == 1 && order.Index != 15 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        for (int i = 0; i < 60; i++)
        {
            (await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", $"{i % 15}.m4s"))).Dispose();
        }

        byte[] last = await appliance.GetBytesAsync(appliance.Url("720p", "15.m4s"));
        await _work.UntilAsync(w => w.Running == 0);

        Assert.Equal(ScriptedTranscoder.Whole(appliance.Order("720p", 15)), last);
    }

    [Fact]
    public async Task Get_FailureMidStream_BreaksTheConnection()
    {
        _work.BeforeChunk = async (_, chunk, token) =>
        {
            if (chunk == 2)
            {
                await _go.Task.WaitAsync(token);
                throw Died();
            }
        };
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        _go.SetResult();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(FailureCause.WorkerDied, 503)]
    [InlineData(FailureCause.WorkerHung, 503)]
    [InlineData(FailureCause.Overloaded, 503)]
    [InlineData(FailureCause.NothingDecodes, 422)]
    [InlineData(FailureCause.UnsupportedCodec, 422)]
    [InlineData(FailureCause.Quarantined, 422)]
    [InlineData(FailureCause.SourceUnreadable, 502)]
    [InlineData(FailureCause.Internal, 500)]
    public async Task Get_FailureBeforeTheFirstByte_IsAProblem(FailureCause cause, int status)
    {
        _work.BeforeChunk = (_, _, _) => throw new TranscodeException(FailureStage.Decode, cause, "In plain words.");
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("In plain words.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
        Assert.Null(answer.Headers.ETag);
        Assert.Null(answer.Headers.CacheControl);
    }

    [Fact]
    public async Task Get_AfterAFailure_TriesAgain()
    {
        bool fail = true;
        _work.BeforeChunk = (_, _, _) => fail ? throw Died() : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage failed = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        await appliance.UntilLandedAsync();
        fail = false;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal(3000, (await appliance.GetBytesAsync(appliance.Url("720p", "3.m4s"))).Length);
    }

    [Fact]
    public async Task Get_MoreThanTheMemoryHolds_Is503()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(
            _work, limits: new CacheLimits { DiskBytes = 1 << 20, MemoryBytes = ScriptedTranscoder.ChunkBytes - 1 });
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(0, appliance.Cache.Status.MemoryBytes);
    }

    [Fact]
    public async Task Delivered_TheNextTwoAreMadeAheadAndNoMore()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        await appliance.GetBytesAsync(appliance.Url("720p", "4.m4s"));
        await _work.UntilAsync(w => w.Running == 0 && w.SegmentsStarted.Count() == 3);

        Assert.Equal([4, 5, 6], _work.SegmentsStarted);
        Assert.Equal([WorkPriority.Playing, WorkPriority.ReadAhead, WorkPriority.ReadAhead],
            _work.Started.Where(s => s.Order is SegmentOrder).Select(s => s.Priority));
    }

    [Fact]
    public async Task Get_OfWhatIsMadeAhead_RaisesItAndThenItIsTheClients()
    {
        _work.BeforeChunk = (order, chunk, token) =>
            order.Index > 4 && chunk == 1 ? _go.Task.WaitAsync(token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        await appliance.GetBytesAsync(appliance.Url("720p", "4.m4s"));
        await _work.UntilAsync(w => w.SegmentsStarted.Count() == 3);
        HttpResponseMessage joined = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "5.m4s"));

        Assert.Equal([(5, WorkPriority.Playing)], _work.Raised.Select(r => (((SegmentOrder)r.Order).Index, r.Priority)));
        joined.Dispose();
        await _work.UntilAsync(w => w.Cancelled == 1);
        _go.SetResult();
    }

    [Fact]
    public async Task ReadAhead_MoreThanItsBound_TheOldestMakesRoom()
    {
        _work.BeforeChunk = (order, _, token) =>
            order.Index is 1 or 2 or 5 or 6 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(
            _work, limits: new CacheLimits { DiskBytes = 1 << 20, ReadAhead = 2 });
        await appliance.GetBytesAsync(appliance.Url("720p", "0.m4s"));
        await _work.UntilAsync(w => w.SegmentsStarted.Count() == 3);
        await appliance.GetBytesAsync(appliance.Url("720p", "4.m4s"));
        await _work.UntilAsync(w => w.Cancelled == 2);

        Assert.Equal([0, 1, 2, 4, 5, 6], _work.SegmentsStarted.Order());
    }

    [Fact]
    public async Task MadeAhead_GivesWayAfterAClientJoined_TheClientGetsEachByteOnce()
    {
        int tries = 0;
        _work.BeforeChunk = async (order, chunk, token) =>
        {
            if (order.Index == 5 && chunk == 1 && Interlocked.Increment(ref tries) == 1)
            {
                await _go.Task.WaitAsync(token);
                throw new OperationCanceledException();
            }
        };
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        await appliance.GetBytesAsync(appliance.Url("720p", "4.m4s"));
        using HttpResponseMessage joined = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "5.m4s"));
        _go.SetResult();

        Assert.Equal(
            ScriptedTranscoder.Whole(appliance.Order("720p", 5)),
            await joined.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(WorkPriority.Playing, _work.Started.Last(s => s.Order is SegmentOrder { Index: 5 }).Priority);
    }

    /// <summary>A device's second making may have other bytes: nobody is given the beginning of one and the end of the other.</summary>
    [Fact]
    public async Task DevicesSegment_GivesWayWhenSomeOfItIsThere_EndsAndIsMadeAnewWhenAskedAgain()
    {
        int tries = 0;
        _work.BeforeChunk = (_, chunk, _) => chunk == 1 && Interlocked.Increment(ref tries) == 1 ? throw new OperationCanceledException() : Task.CompletedTask;
        using var folder = new ScratchFolder();
        await using var box = new Household(_work, new VirtualTime(), folder.Path, slots: 2, new CacheLimits { DiskBytes = 1 << 20 });
        SourceDescription film = Household.Film(segments: 10);
        var recipe = (VideoRecipe)Ladder.For(film).Video[0].Recipe;
        Artifact artifact = Household.Segment(1, film, recipe with { Spare = recipe.Encoder, Encoder = "h264_vaapi", EncoderDevice = "0123456789abcdef" }, index: 3);
        using (ArtifactReader reader = box.Cache.Open(artifact, Urgency.Playing))
        {
            TranscodeException ended = await Assert.ThrowsAsync<TranscodeException>(() => BytesAsync(reader, chunks: 3));
            Assert.Equal(FailureCause.Overloaded, ended.Failure.Cause);
        }

        Assert.Null(box.Cache.KnownLength(artifact.Key));
        using ArtifactReader again = box.Cache.Open(artifact, Urgency.Playing);
        Assert.Equal(ScriptedTranscoder.Whole((SegmentOrder)artifact.Order), await BytesAsync(again, chunks: 3));
        Assert.Equal([3, 3], _work.SegmentsStarted);
    }

    private static TranscodeException Died() => new(FailureStage.Worker, FailureCause.WorkerDied, "The worker ended.");

    private static async Task<byte[]> BytesAsync(ArtifactReader reader, int chunks) =>
        [.. await reader.ReadAsync(0, chunks * ScriptedTranscoder.ChunkBytes, TestContext.Current.CancellationToken)
            .SelectMany(piece => piece.ToArray()).ToArrayAsync(TestContext.Current.CancellationToken)];

    private static async Task<byte[]> FirstChunkAsync(HttpResponseMessage answer)
    {
        Stream body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] bytes = new byte[ScriptedTranscoder.ChunkBytes];
        await body.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    private void HoldFrom(int chunk) =>
        _work.BeforeChunk = (_, number, token) => number >= chunk ? _go.Task.WaitAsync(token) : Task.CompletedTask;
}
