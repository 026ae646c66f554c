using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Appliance.Playback;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Tests.Playback;

/// <summary>A process that keeps artifacts without pause, and evicts others for them, is killed; what the next one finds must
/// be whole. Each is called by the SHA-256 of its bytes.</summary>
public sealed class SegmentStoreCrashTests : IDisposable
{
    private const int Kills = 20;

    private const long QuotaBytes = 1 << 20;

    private readonly ScratchFolder _folder = ScratchFolder.OnDisk();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_KilledAtRandomInstants_LeavesWholeArtifactsOnly()
    {
        var random = new Random(8);
        int kept = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process writer = Start(House.Beside("Appliance.StoreWriter"), [], kill * 10_000);
            for (int lines = random.Next(0, 60); lines > 0 && await writer.StandardOutput.ReadLineAsync(Token) is not null; lines--)
            {
            }

            Thread.SpinWait(random.Next(0, 20_000));
            writer.Kill();
            await writer.WaitForExitAsync(Token);
            kept = Math.Max(kept, await CheckAsync());
        }

        Assert.True(kept > 5, $"At most {kept} were kept.");
    }

    /// <summary>Killed as it enters a system call, so that what the call would have done is not done.</summary>
    [Theory]
    [InlineData("pwrite64", 1)]
    [InlineData("pwrite64", 2)]
    [InlineData("pwrite64", 9)]
    [InlineData("fsync", 1)]
    [InlineData("fsync", 6)]
    [InlineData("rename", 1)]
    [InlineData("rename", 6)]
    [InlineData("unlink", 1)]
    [InlineData("unlink", 7)]
    public async Task Keep_KilledAtAStep_LeavesWholeArtifactsOnly(string step, int time)
    {
        Assert.SkipUnless(House.HasProgram("strace"), "strace, which kills at a system call, is not on this machine.");
        using Process traced = Start(
            "strace", ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={step}", "-e", $"inject={step}:signal=SIGKILL:when={time}", House.Beside("Appliance.StoreWriter")], 0);
        Task<string> errors = traced.StandardError.ReadToEndAsync(Token);
        while (await traced.StandardOutput.ReadLineAsync(Token) is not null)
        {
        }

        await traced.WaitForExitAsync(Token);
        Assert.SkipWhen((await errors).Contains("ptrace", StringComparison.OrdinalIgnoreCase), "This machine does not let one process trace another.");

        Assert.Equal(128 + 9, traced.ExitCode);
        await CheckAsync();
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(string program, string[] arguments, int first) => Process.Start(new ProcessStartInfo(
        program,
        [.. arguments, _folder.Path, QuotaBytes.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture)])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <returns>How many are kept.</returns>
    private async Task<int> CheckAsync()
    {
        string cache = Path.Combine(_folder.Path, "cache");
        string[] left = Directory.Exists(cache) ? Directory.GetFiles(cache, "*", SearchOption.AllDirectories) : [];
        using var kept = new KeptFiles();
        var store = new SegmentStore(
            new DataFolder(_folder.Path), kept, new CacheLimits { DiskBytes = QuotaBytes }, TimeProvider.System, NullLogger<SegmentStore>.Instance);
        foreach (string name in left.Select(file => Path.GetFileName(file)[..64]).Distinct())
        {
            using StoredReader? reader = store.TryOpen(name);
            if (reader is not null)
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, Token))
                {
                    hash.AppendData(piece.Span);
                }

                Assert.Equal(name, Convert.ToHexStringLower(hash.GetHashAndReset()));
            }
        }

        string[] files = Directory.GetFiles(cache, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => file.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal));
        Assert.Equal(files.Length, store.Status.Entries);
        Assert.InRange(store.Status.UsedBytes, 0, QuotaBytes);
        return files.Length;
    }
}
