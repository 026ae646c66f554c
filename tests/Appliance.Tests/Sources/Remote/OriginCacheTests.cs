using Appliance.Sources.Remote;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;

namespace Appliance.Tests.Sources.Remote;

public sealed class OriginCacheTests : IDisposable
{
    private const int Block = OriginCache.BlockBytes;

    private static readonly string Film = new('a', 64);

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Block_ThatIsKept_IsThereAfterARestart()
    {
        OriginCache cache = Open();
        cache.Keep(Film, 3, Bytes(3));
        cache.Keep(Film, 20, Bytes(20));
        cache.Keep(Film, 21, Bytes(21).AsSpan(0, 1000));
        foreach (OriginCache one in new[] { cache, Open() })
        {
            Assert.Equal(Bytes(3), one.Read(Film, 3, Block));
            Assert.Equal(Bytes(20), one.Read(Film, 20, Block));
            Assert.Equal(Bytes(21)[..1000], one.Read(Film, 21, 1000));
            Assert.Null(one.Read(Film, 4, Block));
            Assert.Null(one.Read(new('b', 64), 3, Block));
            Assert.Equal((2 * Block) + 1000L, one.UsedBy(Film));
            Assert.Null(one.Read(Film, 21, 1001));
            one.Keep(Film, 21, Bytes(21).AsSpan(0, 1000));
        }
    }

    /// <summary>What a crash, a failing disk or a mix-up of files may leave: a byte that is another, a part that is missing, a head without its block, a block in another's place.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Block_ThatIsNotWhatWasWritten_IsNotThere(int damage)
    {
        OriginCache cache = Open();
        cache.Keep(Film, 3, Bytes(3));
        string path = Assert.Single(Directory.GetFiles(folder.Path, "*.extent", SearchOption.AllDirectories));
        using (FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite))
        {
            switch (damage)
            {
                case 0:
                    file.Position = 4096 + (3 * Block) + 100_000;
                    file.WriteByte((byte)(Bytes(3)[100_000] + 1));
                    break;
                case 1:
                    file.SetLength(4096 + (3 * Block) + 100_000);
                    break;
                case 2:
                    file.SetLength(4096);
                    break;
                case 3:
                    file.Position = (3 * 36) + 10;
                    file.Write([1, 2, 3]);
                    break;
                default:
                    break;
            }
        }

        if (damage == 4)
        {
            File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, "00000007.extent"));
        }

        OriginCache next = Open();
        Assert.Null(next.Read(Film, damage == 4 ? (7 * 16) + 3 : 3, Block));
        Assert.Equal(0, next.UsedBy(Film));
        next.Keep(Film, 3, Bytes(3));
        Assert.Equal(Bytes(3), next.Read(Film, 3, Block));
    }

    [Fact]
    public void Quota_IsKept_AndWhatIsUnusedTheLongestGoes()
    {
        const long quota = 10 * Block;
        OriginCache cache = Open(quota);
        for (int i = 0; i < 10; i++)
        {
            cache.Keep(Film, i * 16, Bytes(i));
        }

        Assert.Equal(Bytes(0), cache.Read(Film, 0, Block));
        cache.Keep(Film, 1000, Bytes(11));
        Assert.Equal(quota, cache.Used);
        Assert.NotNull(cache.Read(Film, 0, Block));
        Assert.Null(cache.Read(Film, 16, Block));
        Assert.Equal(10, Directory.GetFiles(folder.Path, "*.extent", SearchOption.AllDirectories).Length);

        // A smaller one at the next start.
        Assert.InRange(Open(quota / 2).Used, Block, quota / 2);
        Assert.InRange(Directory.GetFiles(folder.Path, "*.extent", SearchOption.AllDirectories).Length, 1, 5);
    }

    [Fact]
    public void Quota_UnderAHundredThreads_IsNeverPassed()
    {
        const long quota = 12 * Block;
        OriginCache cache = Open(quota);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            cache.Keep(Film, i % 97, Bytes(i % 97));
            byte[]? read = cache.Read(Film, (i * 7) % 97, Block);
            Assert.True(read is null || read.AsSpan().SequenceEqual(Bytes((i * 7) % 97)));
            Assert.InRange(cache.Used, 0, quota);
        });
        Assert.InRange(Directory.GetFiles(folder.Path, "*.extent", SearchOption.AllDirectories).Length, 1, 12);
    }

    [Fact]
    public void Remove_TakesAFilmAway_AndNoOther()
    {
        OriginCache cache = Open();
        string other = new('b', 64);
        cache.Keep(Film, 1, Bytes(1));
        cache.Keep(other, 1, Bytes(2));
        cache.Remove(Film);
        Assert.Null(cache.Read(Film, 1, Block));
        Assert.Equal(Bytes(2), cache.Read(other, 1, Block));
        Assert.Equal([other], Directory.GetDirectories(Path.Combine(folder.Path, "origins")).Select(Path.GetFileName));
    }

    [Fact]
    public void Start_WithStrangeFiles_RemovesThem()
    {
        folder.File($"origins/{Film}/zzz.extent");
        folder.File($"origins/{Film}/00000001.extent", "short");
        folder.File("origins/stray");
        Assert.Equal(0, Open().Used);
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    /// <summary>A film is read all the same, and is kept again when there is room.</summary>
    [Fact]
    public async Task Disk_ThatIsFull_CostsNoByte()
    {
        byte[] film = Origins.Film(20 * Block);
        await using var origin = new ScriptedOrigin(film);
        using SmallDisk disk = await SmallDisk.MountAsync(Path.Combine(folder.Path, "disk"), "size=1M");
        OriginCache cache = Origins.OpenCache(disk.Path, 1L << 30);
        using var origins = new Origins();
        OriginFace face = await origins.Client.LookAsync(Origins.Url(origin), TestContext.Current.CancellationToken);
        using var blocks = new RemoteBlocks(Origins.Url(origin), face, origins.Client, cache, origins.Limits, TimeProvider.System);
        Assert.Equal(film, await Origins.ReadAsync(face, blocks, 0, film.Length));
        Assert.Equal(0, cache.LongestAhead);
        Assert.InRange(cache.Used, 0, 1 << 20);

        await disk.RemountAsync("size=32M");
        Assert.Equal(film, await Origins.ReadAsync(face, blocks, 0, film.Length));
        Assert.Equal(film.Length, cache.Used);
    }

    /// <summary>Less room than one reader's way: everything is fetched again and again, and is right.</summary>
    [Fact]
    public async Task Quota_OfFourBlocks_GivesTheFilmAllTheSame()
    {
        byte[] film = Origins.Film((40 * Block) + 1);
        await using var origin = new ScriptedOrigin(film);
        using var origins = new Origins(quota: 4 * Block);
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        byte[][] read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Origins.ReadAsync(face, blocks, 0, film.Length)));
        Assert.All(read, bytes => Assert.True(bytes.AsSpan().SequenceEqual(film)));
        Assert.InRange(origins.Cache.Used, 0, 4 * Block);
    }

    [Fact]
    public void ReadAhead_IsTwiceAsFarWithEveryStep_AndNothingForWhoJumps()
    {
        var readers = new Appliance.Sources.Remote.ReadAhead();
        Assert.Equal([0, 1, 2, 4, 8, 8], Enumerable.Range(0, 6).Select(i => readers.Note(i, 8)));
        Assert.Equal(0, readers.Note(100, 8));
        Assert.Equal((1, 8), (readers.Note(101, 8), readers.Note(6, 8)));
        Assert.Equal(8, readers.Note(6, 8));
        Assert.Equal(0, readers.Note(7, 0));
    }

    private static byte[] Bytes(int seed)
    {
        byte[] bytes = new byte[Block];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private OriginCache Open(long quota = 1L << 30) => Origins.OpenCache(folder.Path, quota);
}
