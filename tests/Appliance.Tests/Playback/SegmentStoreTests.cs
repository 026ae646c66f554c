using Appliance.Playback;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Tests.Playback;

public sealed class SegmentStoreTests : IDisposable
{
    private const int Block = 4096;

    private static readonly TimeSpan Cost = TimeSpan.FromSeconds(1);

    private readonly ScratchFolder _folder = new();
    private readonly KeptFiles _files = new();

    [Fact]
    public async Task Keep_ThenOpen_GivesTheBytes()
    {
        SegmentStore store = Open(10 * Block);
        store.Keep(Name('a'), [new byte[] { 1, 2 }, new byte[] { 3 }], Cost);

        Assert.Equal([1, 2, 3], await ReadAsync(store, 'a'));
        Assert.Equal(Block, store.Status.UsedBytes);
        Assert.Null(store.TryOpen(Name('b')));
    }

    [Fact]
    public void Keep_QuotaFull_DropsWhatWasUsedTheLongestAgo()
    {
        SegmentStore store = Open(3 * Block);
        store.Keep(Name('a'), [new byte[Block]], Cost);
        store.Keep(Name('b'), [new byte[Block]], Cost);
        store.Keep(Name('c'), [new byte[Block]], Cost);
        store.TryOpen(Name('a'))!.Dispose();
        store.Keep(Name('d'), [new byte[Block + 1]], Cost);

        Assert.True(store.Contains(Name('a')));
        Assert.False(store.Contains(Name('b')));
        Assert.False(store.Contains(Name('c')));
        Assert.True(store.Contains(Name('d')));
        Assert.Equal(3 * Block, store.Status.UsedBytes);
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Restart_RemembersWhatThingsCost()
    {
        SegmentStore store = Open(3 * Block);
        store.Keep(Name('a'), [new byte[Block]], 9 * Cost);
        store.Keep(Name('b'), [new byte[Block]], Cost);
        store.Keep(Name('c'), [new byte[Block]], 9 * Cost);
        Open(2 * Block).Keep(Name('d'), [new byte[1]], TimeSpan.Zero);

        string kept = string.Concat(Files().Select(file => file.Name[0]).Order());
        Assert.True(kept is "ad" or "cd", kept);
    }

    [Fact]
    public void Keep_OfWhatIsKept_LeavesOneFile()
    {
        SegmentStore store = Open(3 * Block);
        store.Keep(Name('a'), [new byte[Block]], Cost);
        store.Keep(Name('a'), [new byte[Block]], 2 * Cost);

        Assert.Single(Files());
        Assert.Equal(Block, store.Status.UsedBytes);
        Assert.NotNull(store.TryOpen(Name('a')));
    }

    [Fact]
    public void Keep_LargerThanTheQuota_DropsNothingForIt()
    {
        SegmentStore store = Open(2 * Block);
        store.Keep(Name('a'), [new byte[Block]], Cost);
        store.Keep(Name('b'), [new byte[(2 * Block) + 1]], Cost);

        Assert.True(store.Contains(Name('a')));
        Assert.False(store.Contains(Name('b')));
    }

    [Fact]
    public async Task Keep_FromManyThreads_NeverPassesTheQuota()
    {
        SegmentStore store = Open(5 * Block);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), (i, _) =>
        {
            store.Keep($"{i:x64}", [new byte[Block]], Cost);
            Assert.InRange(store.Status.UsedBytes, 0, 5 * Block);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(5, Files().Length);
        Assert.Equal(5 * Block, store.Status.UsedBytes);
    }

    [Fact]
    public async Task Restart_AfterACrash_FindsWhatWasFinishedAndRemovesTheRest()
    {
        Open(10 * Block).Keep(Name('a'), [new byte[] { 7 }], Cost);
        string kept = Files().Single().FullName;
        File.WriteAllText($"{kept}.0123.part", "half a segment");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(kept)!, $"{Name('b')}.5.1"), "123");
        File.WriteAllText(Path.Combine(_folder.Path, "cache", "stranger"), "?");
        SegmentStore store = Open(10 * Block);

        Assert.Equal([7], await ReadAsync(store, 'a'));
        Assert.Equal(kept, Files().Single().FullName);
        Assert.Equal(1, store.Status.Entries);
    }

    [Fact]
    public void Restart_WithLessQuota_DropsTheOldestFirst()
    {
        SegmentStore store = Open(3 * Block);
        DateTime now = DateTime.UtcNow;
        foreach ((char name, int age) in new[] { ('a', 1), ('b', 3), ('c', 2) })
        {
            store.Keep(Name(name), [new byte[Block]], Cost);
            File.SetLastWriteTimeUtc(Files().Single(f => f.Name.StartsWith(Name(name), StringComparison.Ordinal)).FullName, now.AddHours(-age));
        }

        SegmentStore smaller = Open(Block);

        Assert.True(smaller.Contains(Name('a')));
        Assert.Single(Files());
    }

    [Theory]
    [InlineData("1")]
    [InlineData(null)]
    public void Open_FileDamagedOrGone_IsAMiss(string? content)
    {
        SegmentStore store = Open(10 * Block);
        store.Keep(Name('a'), [new byte[100]], Cost);
        string path = Files().Single().FullName;
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        Assert.Null(store.TryOpen(Name('a')));
        Assert.Equal(0, store.Status.UsedBytes);
        Assert.Empty(Files());
    }

    [Fact]
    public void Keep_FolderThatCannotBeWritten_KeepsNothingAndSaysSo()
    {
        _folder.File("cache", "a file where the folder should be");
        SegmentStore store = Open(10 * Block);
        store.Keep(Name('a'), [new byte[100]], Cost);

        Assert.Null(store.TryOpen(Name('a')));
        Assert.Equal("Finished segments cannot be kept: the disk is full, read-only or failing.", store.Status.Failure);
    }

    [Fact]
    public void Keep_QuotaFull_ClosesWhatItDrops()
    {
        SegmentStore store = Open(Block);
        store.Keep(Name('a'), [new byte[Block]], Cost);
        string path = Files().Single().FullName;
        StoredReader reader = store.TryOpen(Name('a'))!;
        store.Keep(Name('b'), [new byte[Block]], Cost);

        Assert.Equal(1, OpenDescriptors.Of(path));
        reader.Dispose();
        Assert.Equal(0, OpenDescriptors.Of(path));
    }

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    private static string Name(char digit) => new(digit, 64);

    private static async Task<byte[]> ReadAsync(SegmentStore store, char digit)
    {
        using StoredReader reader = store.TryOpen(Name(digit))!;
        var bytes = new List<byte>();
        await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, TestContext.Current.CancellationToken))
        {
            bytes.AddRange(piece.Span);
        }

        return [.. bytes];
    }

    private FileInfo[] Files() =>
        new DirectoryInfo(Path.Combine(_folder.Path, "cache")).GetFiles("*", SearchOption.AllDirectories);

    private SegmentStore Open(long quotaBytes) => new(
        new DataFolder(_folder.Path), _files, new CacheLimits { DiskBytes = quotaBytes }, TimeProvider.System, NullLogger<SegmentStore>.Instance);
}
