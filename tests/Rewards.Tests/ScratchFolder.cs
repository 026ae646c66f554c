namespace Rewards.Tests;

/// <summary>A folder of its own for one test, removed at its end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rewards-tests-");

    public string Ledger => Path.Combine(_folder.FullName, "work.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
