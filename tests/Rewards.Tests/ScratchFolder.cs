namespace Rewards.Tests;

/// <summary>A folder of its own for one test, on a disk, as flushing to it is what is tested; removed at its end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string DiskFolder = "/var/tmp";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists(DiskFolder) ? DiskFolder : Path.GetTempPath(), $"rewards-tests-{Guid.NewGuid():N}"));

    public string Ledger => Path.Combine(_folder.FullName, "work.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
