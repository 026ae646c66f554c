using System.Diagnostics;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>Many clients at once, and one that cannot make up its mind.</summary>
[Collection(nameof(WholeBox))]
public sealed class CrowdTests(MadeFilm film, ITestOutputHelper output)
{
    private const int Clients = 20;
    private const int Seeks = 200;
    private static readonly TimeSpan BetweenSeeks = TimeSpan.FromMilliseconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ColdSegment_TwentyClients_IsEncodedOnceAndLeavesWhileItIs()
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string url = $"{(await box.RenditionsAsync())[0]}/12.m4s";

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(
            _ => box.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token)));
        byte[][] bodies = await Task.WhenAll(responses.Select(response => response.Content.ReadAsByteArrayAsync(Token)));

        // The head of an answer leaves with its first bytes, and tells the length where all bytes are there by then: on a busy
        // machine that may be so for the first answer too.
        HttpResponseMessage first = Assert.Single(
            responses, response => response.Headers.GetValues("Server-Timing").Single().Contains("made", StringComparison.Ordinal));
        Assert.True(first.Headers.TransferEncodingChunked == true || first.Content.Headers.ContentLength == bodies[0].Length);
        Assert.All(bodies, body => Assert.Equal(bodies[0], body));
        await box.UntilIdleAsync();
        JsonElement records = (await box.JsonAsync("v1/rewards/records?limit=1000")).GetProperty("records");
        Assert.Single(records.EnumerateArray(), record => record.GetProperty("work").GetProperty("index").GetInt32() == 12);
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public async Task SeekStorm_AllButTheLastAbandoned_TheLastArrivesAndNothingRunsOn()
    {
        using var folder = new ScratchFolder();
        string last = $"{MadeFilm.Segments - 5}.m4s";
        (byte[] undisturbed, TimeSpan alone) = await AloneAsync(last);
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string rung = (await box.RenditionsAsync())[0];
        var random = new Random(1);
        using var pace = new PeriodicTimer(BetweenSeeks);
        for (int i = 0; i < Seeks; i++)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Task<byte[]> seek = box.Client.GetByteArrayAsync($"{rung}/{random.Next(MadeFilm.Segments - 10)}.m4s", gone.Token);
            await pace.WaitForNextTickAsync(Token);
            await gone.CancelAsync();
            await Task.WhenAny(seek);
        }

        long started = Stopwatch.GetTimestamp();
        Assert.Equal(undisturbed, await box.GetAsync($"{rung}/{last}"));
        output.WriteLine($"The last of {Seeks} seeks took {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms; a segment alone {alone.TotalMilliseconds:F0} ms.");

        await box.UntilIdleAsync();
        int[] pooled = await box.PooledWorkersAsync();
        Assert.Equal(pooled, box.LivingWorkers());
        Assert.Equal(0, await box.EndAsync("TERM"));
        Assert.Empty(box.LivingWorkers());
    }

    /// <summary>A segment of a box that does nothing else, and how long it took.</summary>
    private async Task<(byte[] Bytes, TimeSpan Took)> AloneAsync(string segment)
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string rung = (await box.RenditionsAsync())[0];
        long started = Stopwatch.GetTimestamp();
        byte[] bytes = await box.GetAsync($"{rung}/{segment}");
        return (bytes, Stopwatch.GetElapsedTime(started));
    }
}
