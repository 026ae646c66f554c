using Appliance.Playback;
using Appliance.Tests.Hosting;
using Appliance.Transport;

namespace Appliance.Tests.Playback;

public sealed class KeptFilesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly KeptFiles _files = new();

    [Fact]
    public void Take_Twice_OpensOnce()
    {
        string path = _folder.File("a", "12345");
        SharedFile first = _files.TryTake(path, 5)!;
        SharedFile second = _files.TryTake(path, 5)!;

        Assert.Same(first, second);
        Assert.Equal(1, OpenDescriptors.Of(path));
    }

    [Fact]
    public void Forget_WhileItIsRead_ClosesItAfterTheLastReader()
    {
        string path = _folder.File("a", "12345");
        SharedFile first = _files.TryTake(path, 5)!;
        SharedFile second = _files.TryTake(path, 5)!;
        File.Delete(path);
        _files.Forget(path);
        first.Release();

        Assert.Equal(1, OpenDescriptors.Of(path));
        Assert.Equal(5, RandomAccess.Read(second.Handle, new byte[8], fileOffset: 0));
        second.Release();
        Assert.Equal(0, OpenDescriptors.Of(path));
        Assert.Null(_files.TryTake(path, 5));
    }

    [Fact]
    public void Take_MoreThanTheLimit_ClosesTheOneUnusedTheLongest()
    {
        string[] paths = [.. Enumerable.Range(0, KeptFiles.Limit).Select(i => _folder.File($"{i}", "12345"))];
        foreach (string path in paths)
        {
            _files.TryTake(path, 5)!.Release();
        }

        _files.TryTake(paths[0], 5)!.Release();
        _files.TryTake(_folder.File("one more", "12345"), 5)!.Release();

        Assert.Equal(1, OpenDescriptors.Of(paths[0]));
        Assert.Equal(0, OpenDescriptors.Of(paths[1]));
        Assert.Equal(1, OpenDescriptors.Of(paths[2]));
    }

    [Fact]
    public void Take_CutShortSinceItWasOpened_IsNone()
    {
        string path = _folder.File("a", "12345");
        _files.TryTake(path, 5)!.Release();
        File.WriteAllText(path, "1234");

        Assert.Null(_files.TryTake(path, 5));
        Assert.Equal(0, OpenDescriptors.Of(path));
    }

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }
}
