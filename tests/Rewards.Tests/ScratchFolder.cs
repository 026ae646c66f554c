namespace Rewards.Tests;

/// <summary>A folder of its own for one test, on a disk, as flushing to it is what is tested; removed at its end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string DiskFolder = "/var/tmp";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        System.IO.Path.Combine(Directory.Exists(DiskFolder) ? DiskFolder : System.IO.Path.GetTempPath(), $"rewards-tests-{Guid.NewGuid():N}"));

    public string Path => _folder.FullName;

    public string Ledger => At("work.db");

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
