namespace Rewards.Bench;

/// <summary>A folder on a disk, gone in the end: what is flushed to memory costs nothing.</summary>
internal sealed class DiskFolder : IDisposable
{
    private const string Disk = "/var/tmp";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        System.IO.Path.Combine(Directory.Exists(Disk) ? Disk : System.IO.Path.GetTempPath(), $"rewards-bench-{Guid.NewGuid():N}"));

    public string Path => _folder.FullName;

    /// <summary>Where it was made.</summary>
    public string Parent => _folder.Parent!.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
