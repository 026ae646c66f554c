using System.Diagnostics;
using System.Globalization;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>The verb <c>key</c> is killed at each step of keeping: at the n-th time that it writes, flushes, renames or removes anything.</summary>
public sealed class KeyCrashTests : IDisposable
{
    private readonly ScratchFolder folder = ScratchFolder.OnDisk();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pwrite64", 1)]
    [InlineData("pwrite64", 2)]
    [InlineData("fsync", 1)]
    [InlineData("fsync", 2)]
    [InlineData("fsync", 3)]
    [InlineData("rename", 1)]
    public async Task Key_KilledAtAStep_LeavesWholeFilesAndNoActWithoutATrace(string step, int time)
    {
        Assert.SkipUnless(House.HasProgram("strace"), "strace, which kills at a system call, is not on this machine.");
        string first = Add("first");
        int killed = 0;
        foreach (string[] verb in new[] { new[] { "add", "second", "--scope", "play" }, ["remove", first.Split('_')[1]] })
        {
            killed += await RunAsync(step, time, verb) ? 1 : 0;
            KeyShelf keys = Shelf();
            AuditEntry[] trail = [.. Trail().Read(long.MaxValue, 100).Reverse()];

            // Whatever was done is told; what is told was done, or was the last thing that was begun.
            Assert.Equal(Enumerable.Range(1, trail.Length).Select(number => (long)number), trail.Select(entry => entry.Number));
            Assert.All(keys.All.Where(key => key.Name == "second"), _ => Assert.Contains(trail, entry => entry.What == "second: play"));
            Assert.Equal(keys.Find(first) is null, verb[0] == "remove" && keys.All.All(key => key.Name != "first"));
            Assert.True(keys.Find(first) is not null || trail.Any(entry => entry.Act == "key removed"));

            // And it goes on.
            Assert.NotNull(Shelf().Find(Add("later")));
        }

        Assert.True(killed > 0, $"{step} was not asked for {time} times.");
    }

    public void Dispose() => folder.Dispose();

    private string Add(string name)
    {
        Trail().Write("test", null, "key made", name);
        return Shelf().Add(new(name, ["play"]))!.Value.Text;
    }

    private KeyShelf Shelf() => new(Folders.Of(folder), Folders.DataOf(folder), TimeProvider.System);

    private AuditTrail Trail() => new(Folders.Of(folder), TimeProvider.System);

    /// <returns>Whether it was killed.</returns>
    private async Task<bool> RunAsync(string step, int time, string[] verb)
    {
        string[] arguments =
        [
            "-f", "-qq", "-o", "/dev/null", "-e", $"trace={step}", "-e", string.Create(CultureInfo.InvariantCulture, $"inject={step}:signal=SIGKILL:when={time}"),
            House.Program, "key", .. verb, "--data", Path.Combine(folder.Path, "data"),
        ];
        using Process traced = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = traced.StandardOutput.ReadToEndAsync(Token);
        string errors = await traced.StandardError.ReadToEndAsync(Token);
        await output;
        await traced.WaitForExitAsync(Token);
        Assert.SkipWhen(errors.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "This machine does not let one process trace another.");
        Assert.True(traced.ExitCode is 0 or 128 + 9, errors);
        return traced.ExitCode != 0;
    }
}
