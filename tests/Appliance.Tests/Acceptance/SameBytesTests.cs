using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>The one idea, over HTTP: a segment is a function of source, recipe and index, and of nothing else.</summary>
public sealed class SameBytesTests(MadeFilm film)
{
    private static readonly int[] Places = [0, 31, MadeFilm.Segments - 1];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Segments_InAnyOrderInParallelAndAfterARestart_AreTheSameBytes()
    {
        string path = await film.PathAsync();
        using var here = new ScratchFolder();
        using var there = new ScratchFolder();
        string[] urls;
        byte[][] forwards;
        await using (RunningAppliance box = await RunningAppliance.StartAsync(path, here.Path))
        {
            urls = [.. (await box.RenditionsAsync()).SelectMany(folder => Places.Select(place => $"{folder}/{place}.m4s"))];
            forwards = await InTurnAsync(box, urls);
            Assert.All(forwards, Assert.NotEmpty);
        }

        await using (RunningAppliance other = await RunningAppliance.StartAsync(path, there.Path))
        {
            Assert.Equal(forwards, (await InTurnAsync(other, [.. urls.Reverse()])).Reverse());
        }

        Directory.Delete(Path.Combine(here.Path, "cache"), recursive: true);
        await using RunningAppliance again = await RunningAppliance.StartAsync(path, here.Path);
        Assert.Equal(forwards, await Task.WhenAll(urls.Select(again.GetAsync)));
    }

    [Fact]
    public async Task Segment_WorkersKilledWhileItLeaves_IsTheSameBytes()
    {
        string path = await film.PathAsync();
        using var calm = new ScratchFolder();
        using var rough = new ScratchFolder();
        await using RunningAppliance undisturbed = await RunningAppliance.StartAsync(path, calm.Path);
        await using RunningAppliance box = await RunningAppliance.StartAsync(path, rough.Path);
        foreach (string folder in await box.RenditionsAsync())
        {
            string url = $"{folder}/20.m4s";
            using HttpResponseMessage response = await box.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Token);
            foreach (int worker in await box.PooledWorkersAsync())
            {
                await House.RunAsync("kill", "-KILL", $"{worker}");
            }

            Assert.Equal(await undisturbed.GetAsync(url), await response.Content.ReadAsByteArrayAsync(Token));
        }
    }

    private static async Task<byte[][]> InTurnAsync(RunningAppliance box, IReadOnlyList<string> urls)
    {
        var bodies = new List<byte[]>();
        foreach (string url in urls)
        {
            bodies.Add(await box.GetAsync(url));
        }

        return [.. bodies];
    }
}
