using System.Diagnostics;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class LockInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LockIn_AllMeasures_DenyEveryAttemptOnEveryThreadAndTheRuntimeWorks()
    {
        (string[] lines, int exitCode) = await ProveAsync(WorkerArguments.Prove);
        Assert.DoesNotContain(lines, line => line.StartsWith("ALLOWED", StringComparison.Ordinal));
        Assert.Equal(27, lines.Count(line => line.StartsWith("denied", StringComparison.Ordinal)));
        Assert.Contains("working: collections, exceptions, threads", lines);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Seccomp_Alone_DeniesEveryAttempt()
    {
        (string[] lines, int exitCode) = await ProveAsync($"{WorkerArguments.Prove}={LockIn.NoNewPrivileges},{LockIn.Seccomp}");
        Assert.SkipWhen(lines.Any(line => line.StartsWith("NOT APPLIED", StringComparison.Ordinal)), "This kernel or processor has no filter.");
        Assert.DoesNotContain(lines, line => line.StartsWith("ALLOWED", StringComparison.Ordinal));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Landlock_Alone_DeniesFilesAndProgramsOnEveryThread()
    {
        (string[] lines, _) = await ProveAsync($"{WorkerArguments.Prove}={LockIn.NoNewPrivileges},{LockIn.LandlockRules}");
        Assert.SkipWhen(lines.Any(line => line.StartsWith("NOT APPLIED", StringComparison.Ordinal)), "This kernel has no Landlock.");
        string[] allowed = [.. lines.Where(line => line.StartsWith("ALLOWED", StringComparison.Ordinal))];
        Assert.DoesNotContain(allowed, line => line.Contains("file", StringComparison.Ordinal) || line.Contains("program", StringComparison.Ordinal));
        Assert.Equal(18, lines.Count(line => line.StartsWith("denied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Proof_WithoutTheLock_SeesWhatIsAllowed()
    {
        (string[] lines, int exitCode) = await ProveAsync($"{WorkerArguments.Prove}={LockIn.NoNewPrivileges}");
        Assert.Equal(8, lines.Count(line => line.StartsWith("ALLOWED", StringComparison.Ordinal)));
        Assert.Equal(1, exitCode);
    }

    private static async Task<(string[] Lines, int ExitCode)> ProveAsync(string argument)
    {
        using Process worker = RawWorker.Start(Pools.WorkerPath, ["worker", argument]);
        string[] lines = (await worker.StandardError.ReadToEndAsync(Token)).Split('\n');
        await worker.WaitForExitAsync(Token);
        return (lines, worker.ExitCode);
    }
}
