using Appliance.Samples;
using Xunit;

namespace Appliance.Tests.Samples;

public sealed class SampleFileTests : IDisposable
{
    private static readonly SampleOptions Tiny = new() { Seconds = 2, Width = 160, Height = 90 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Make_Twice_GivesTheSameBytes()
    {
        await SampleFile.MakeAsync(Named("a.mp4"), Tiny, null, TestContext.Current.CancellationToken);
        await SampleFile.MakeAsync(Named("b.mp4"), Tiny, null, TestContext.Current.CancellationToken);

        byte[] bytes = await File.ReadAllBytesAsync(Named("a.mp4"), TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Named("b.mp4"), TestContext.Current.CancellationToken));
        Assert.Equal("ftyp"u8, bytes.AsSpan(4, 4));
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task Make_Interrupted_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SampleFile.MakeAsync(
            Named("half.mp4"), Tiny, (done, _) => Stop(stop, done), stop.Token));

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Make_Progress_CountsEveryFrameOnce()
    {
        var seen = new List<int>();

        await SampleFile.MakeAsync(
            Named("c.mp4"), Tiny with { HasSound = false }, (done, _) => seen.Add(done), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 48), seen);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Stop(CancellationTokenSource stop, int done)
    {
        if (done == 20)
        {
            stop.Cancel();
        }
    }

    private string Named(string name) => Path.Combine(_folder.FullName, name);
}
