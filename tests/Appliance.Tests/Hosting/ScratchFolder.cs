namespace Appliance.Tests.Hosting;

/// <summary>A folder for one test; where ./test runs it, in memory.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string DiskFolder = "/var/tmp";

    public ScratchFolder()
        : this(System.IO.Path.GetTempPath())
    {
    }

    private ScratchFolder(string parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"appliance-test-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    /// <summary>A folder on a disk, for tests of what is flushed to it.</summary>
    public static ScratchFolder OnDisk() => new(Directory.Exists(DiskFolder) ? DiskFolder : System.IO.Path.GetTempPath());

    public string File(string name, string content = "some bytes")
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
