using Transcode.Engine.Tuning.Devices;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

public sealed class FolderProgramStoreTests : IDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("program-store-");

    private string Folder => Path.Combine(parent.FullName, "made when needed");

    public void Dispose() => parent.Delete(recursive: true);

    [Fact]
    public void Program_ThatWasKept_IsReadAgain()
    {
        var store = new FolderProgramStore(Folder);
        Assert.Null(store.Read("aa"));
        store.Write("aa", [1, 2, 3]);
        store.Write("bb", [4]);
        store.Write("bb", [5, 6]);

        Assert.Equal([1, 2, 3], store.Read("aa"));
        Assert.Equal([5, 6], new FolderProgramStore(Folder).Read("bb"));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    /// <summary>What a crash or a disk may leave: cut off at any place, a bit turned, nothing at all. It is removed, and room is made for what is
    /// compiled again.</summary>
    [Fact]
    public void Program_ThatIsNotWhole_IsNoneAndIsRemoved()
    {
        var store = new FolderProgramStore(Folder);
        byte[] binary = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        store.Write("aa", binary);
        string path = Directory.GetFiles(Folder).Single();
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Null(store.Read("aa"));
            Assert.False(File.Exists(path));
        }

        for (int place = 0; place < whole.Length; place++)
        {
            byte[] turned = [.. whole];
            turned[place] ^= 0x10;
            File.WriteAllBytes(path, turned);
            Assert.Null(store.Read("aa"));
        }

        store.Write("aa", binary);
        Assert.Equal(binary, store.Read("aa"));
    }

    [Fact]
    public void Programs_BeyondTheLimit_PushOutThoseUnusedForLongest()
    {
        var store = new FolderProgramStore(Folder, limitBytes: 3 * 132);
        DateTime now = DateTime.UtcNow;
        foreach ((string key, int hours) in new[] { ("aa", 3), ("bb", 2), ("cc", 1) })
        {
            store.Write(key, new byte[100]);
            File.SetLastWriteTimeUtc(Path.Combine(Folder, key + ".clbin"), now.AddHours(-hours));
        }

        Assert.NotNull(store.Read("aa"));
        store.Write("dd", new byte[100]);
        store.Write("ee", new byte[1000]);

        Assert.Equal("aa cc dd", string.Join(' ', "aa bb cc dd ee".Split(' ').Where(key => store.Read(key) is not null)));
    }

    [Fact]
    public void Leftovers_OfACrash_AreRemovedOnceNobodyCanBeWriting()
    {
        Directory.CreateDirectory(Folder);
        string old = Path.Combine(Folder, "aa.clbin.1.part"), young = Path.Combine(Folder, "aa.clbin.2.part");
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        new FolderProgramStore(Folder).Write("bb", [1]);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    /// <summary>A folder that cannot be one.</summary>
    [Fact]
    public void Folder_ThatCannotBeUsed_KeepsNothingAndFailsNobody()
    {
        string file = Path.Combine(parent.FullName, "a file");
        File.WriteAllText(file, "");
        var store = new FolderProgramStore(Path.Combine(file, "below"));
        store.Write("aa", [1]);

        Assert.Null(store.Read("aa"));
    }
}
