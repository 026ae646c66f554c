using System.Collections.Concurrent;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>The whole box with its own workers, and more asked of it than it has workers for.</summary>
[Collection(nameof(WholeBox))]
public sealed class UrgencyTests(MadeFilm film)
{
    private const int Calm = 16;
    private const int Queued = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BusyBox_ThePlayerAboutToStall_OvertakesThoseWhoCanWait()
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string[] renditions = await box.RenditionsAsync();
        var arrived = new ConcurrentQueue<string>();
        Task[] calm = [.. Enumerable.Range(0, Calm).Select(i => GetAsync(box, $"{renditions[0]}/{i * 3}.m4s", "bl=60000", "calm", arrived))];
        while (await WaitingAsync(box) < Queued)
        {
            Assert.DoesNotContain(calm, task => task.IsFaulted);
            Assert.True(arrived.Count < Calm, "The box was never busy.");
        }

        await GetAsync(box, $"{renditions[1]}/50.m4s", "bs,bl=0", "stalling", arrived);
        await Task.WhenAll(calm);

        // Those that ran then may still come first; of those that waited, most come after it.
        Assert.InRange(arrived.ToList().IndexOf("stalling"), 0, Calm - 3);
    }

    private static async Task<int> WaitingAsync(RunningAppliance box) =>
        (await box.JsonAsync("v1/activity")).GetProperty("pool").GetProperty("queues").EnumerateArray()
            .Single(queue => queue.GetProperty("priority").GetString() == "Playing").GetProperty("queued").GetInt32();

    private static async Task GetAsync(RunningAppliance box, string path, string said, string who, ConcurrentQueue<string> arrived)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("CMCD-Request", said);
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);
        answer.EnsureSuccessStatusCode();
        arrived.Enqueue(who);
    }
}
