using System.Security.Cryptography;
using System.Text;
using Appliance.Sources;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources;

public sealed class LocalSourceTests : IDisposable
{
    private const long LargeBytes = 80L << 20;

    private const long BlockHundred = 100 * (LargeBytes - SourceFingerprint.BlockBytes) / 255;

    private readonly ScratchFolder _folder = new();
    private readonly OpenFiles _files = new(limit: 2);

    [Fact]
    public void Fingerprint_SmallFile_IsTheHashOfDomainLengthAndContent()
    {
        LocalSource source = Open(_folder.File("a.mkv", "hello"));
        byte[] hashed = [.. Encoding.ASCII.GetBytes("appliance source 1\0"), 0, 0, 0, 0, 0, 0, 0, 5, .. "hello"u8];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(hashed)), source.Fingerprint);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(LargeBytes - 1, true)]
    [InlineData(BlockHundred, true)]
    [InlineData(BlockHundred + SourceFingerprint.BlockBytes, false)]
    public void Fingerprint_LargeFile_SeesEdgesAndSampledBlocks(long place, bool sees)
    {
        string path = _folder.File("large.mkv", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(LargeBytes);
        }

        string before = Open(path).Fingerprint;

        using (var file = File.OpenWrite(path))
        {
            file.Position = place;
            file.WriteByte(1);
        }

        Assert.Equal(sees, before != Open(path).Fingerprint);
    }

    [Fact]
    public async Task Read_AtAndPastTheEnd_GivesWhatIsThere()
    {
        LocalSource source = Open(_folder.File("a.mkv", "0123456789"));
        byte[] buffer = new byte[8];

        Assert.Equal(4, await source.ReadAsync(6, buffer, TestContext.Current.CancellationToken));
        Assert.Equal("6789"u8.ToArray(), buffer[..4]);
        Assert.Equal(0, await source.ReadAsync(10, buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_MoreFilesThanMayBeOpen_AllAreRead()
    {
        LocalSource[] sources = [.. Enumerable.Range(0, 5).Select(i => Open(_folder.File($"{i}.mkv", $"film {i}")))];
        byte[] buffer = new byte[6];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.Equal(6, await sources[i].ReadAsync(0, buffer, TestContext.Current.CancellationToken));
                Assert.Equal($"film {i}", Encoding.ASCII.GetString(buffer));
            }
        }
    }

    [Fact]
    public async Task Read_FileChangedSince_IsGone()
    {
        string path = _folder.File("a.mkv", "0123456789");
        LocalSource source = Open(path);
        File.AppendAllText(path, "more");

        Assert.Throws<SourceGoneException>(source.CheckUnchanged);
        await Assert.ThrowsAsync<SourceGoneException>(
            async () => await source.ReadAsync(0, new byte[4], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Open_EmptyFile_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Open(_folder.File("empty.mkv", "")));

    [Fact]
    public void SourceFiles_Folder_TakesMediaBelowButNothingHidden()
    {
        string a = _folder.File("a.mkv");
        string b = _folder.File("deep/er/b.MP4");
        _folder.File("notes.txt");
        _folder.File(".hidden.mkv");
        _folder.File(".trash/c.mkv");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "deep", "loop"), _folder.Path);

        string link = Path.Combine(_folder.Path, "link.mkv");
        File.CreateSymbolicLink(link, b);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "nowhere.mkv"), Path.Combine(_folder.Path, "gone.mkv"));
        string notes = Path.Combine(_folder.Path, "notes.txt");

        Dictionary<string, FileStamp> found = SourceFiles.Stamps(_folder.Path);
        Assert.Equal([a, b, link], found.Keys.Order());
        Assert.All(found, file => Assert.Equal(FileStamp.Of(file.Key), file.Value));
        Assert.Equal(found[b], found[link]);
        Assert.Equal([notes], SourceFiles.Stamps(notes).Keys);
        Assert.Empty(SourceFiles.Stamps(Path.Combine(_folder.Path, "gone")));
    }

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    private LocalSource Open(string path) => LocalSource.Open(_files, path, TestContext.Current.CancellationToken);
}
