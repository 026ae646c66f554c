using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>The first and the last segment of each rendition of the made film, as a box makes them that has the file: made once, for many tests to compare with. The addresses are the same on
/// another box, because the source's id is.</summary>
public sealed class SegmentsOfTheFile(MadeFilm film) : IDisposable
{
    private static readonly int[] Places = [0, MadeFilm.Segments - 1];

    private readonly SemaphoreSlim once = new(1);
    private (string[] Urls, byte[][] Segments)? made;

    /// <summary>What fails for one test is tried anew for the next.</summary>
    public async Task<(string[] Urls, byte[][] Segments)> GetAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return made ??= await MakeAsync();
        }
        finally
        {
            once.Release();
        }
    }

    public void Dispose() => once.Dispose();

    private async Task<(string[] Urls, byte[][] Segments)> MakeAsync()
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string[] urls = [.. (await box.RenditionsAsync()).SelectMany(rendition => Places.Select(place => $"{rendition}/{place}.m4s"))];
        var segments = new List<byte[]>();
        foreach (string url in urls)
        {
            segments.Add(await box.GetAsync(url));
        }

        return (urls, [.. segments]);
    }
}
