using Appliance.Sources.Remote;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Tests.Sources.Remote;

/// <summary>What reads films of other machines, without a box around it.</summary>
internal sealed class Origins : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly List<RemoteBlocks> opened = [];

    public Origins(IOriginNetwork? network = null, AllowedOrigins? allowed = null, OriginLimits? limits = null, long quota = 1L << 30)
    {
        Limits = limits ?? Hasty;
        Network = network ?? new OriginNetwork();
        Client = new(new OriginConnections(Network, allowed ?? AllowedOrigins.Parse("127.0.0.1")), Limits);
        Cache = OpenCache(folder.Path, quota);
    }

    /// <summary>For tests that wait for none of it.</summary>
    public static OriginLimits Hasty { get; } = new()
    {
        Headers = TimeSpan.FromSeconds(2),
        Stall = TimeSpan.FromMilliseconds(500),
        Pause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromSeconds(2),
        Rest = TimeSpan.Zero,
    };

    public OriginLimits Limits { get; }

    public IOriginNetwork Network { get; }

    public OriginClient Client { get; }

    public OriginCache Cache { get; private set; }

    public string Folder => folder.Path;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static OriginUrl Url(string text) => OriginUrl.TryParse(text, out OriginUrl? url, out string? why) ? url : throw new ArgumentException(why);

    public static OriginUrl Url(ScriptedOrigin origin) => Url($"http://127.0.0.1:{origin.Port}/film.mkv?key=secret");

    public static OriginCache OpenCache(string folder, long quota) => new(
        new DataFolder(folder), new ApplianceOptions([], 0, folder, System.Net.IPAddress.Loopback, 1 << 20, NewOwner: false) { OriginQuotaBytes = quota }, NullLogger<OriginCache>.Instance);

    public static byte[] Film(int length)
    {
        byte[] film = new byte[length];
        new Random(7).NextBytes(film);
        return film;
    }

    /// <summary>The same folder after a restart.</summary>
    public void Restart(long quota = 1L << 30) => Cache = OpenCache(folder.Path, quota);

    public async Task<(OriginFace Face, RemoteBlocks Blocks)> OpenAsync(OriginUrl url)
    {
        OriginFace face = await Client.LookAsync(url, Token);
        opened.Add(new(url, face, Client, Cache, Limits, TimeProvider.System));
        return (face, opened[^1]);
    }

    public async Task<byte[]> ReadAsync(OriginUrl url, long offset, int count)
    {
        (OriginFace face, RemoteBlocks blocks) = await OpenAsync(url);
        return await ReadAsync(face, blocks, offset, count);
    }

    public static async Task<byte[]> ReadAsync(OriginFace face, RemoteBlocks blocks, long offset, int count)
    {
        byte[] bytes = new byte[count];
        int read = await RemoteSource.ReadAsync(blocks, face, offset, bytes, Token);
        return bytes[..read];
    }

    public void Dispose()
    {
        opened.ForEach(blocks => blocks.Dispose());
        Client.Dispose();
        folder.Dispose();
    }
}
