using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Rewards.Tests;

/// <summary>Runs the crash writer, and kills it at a random instant.</summary>
internal static class KilledWriter
{
    private const int LongestSpin = 3000;

    /// <summary>How often a test kills it: REWARDS_KILLS asks for more than usual.</summary>
    public static int Kills(int usual) => Told("REWARDS_KILLS", usual);

    /// <summary>Where the instants are drawn from: REWARDS_SEED asks for others, so that several runs side by side are not one.</summary>
    public static int Seed(int usual) => Told("REWARDS_SEED", usual);

    /// <param name="arguments">Of the crash writer.</param>
    /// <param name="random">Chooses the instant: before the first acknowledgement, at it, or well into the writing.</param>
    /// <param name="lines">As many lines at most are waited for.</param>
    /// <param name="note">Told each line that it acknowledged, the last of which may be cut short.</param>
    /// <param name="cancelled">Ends the wait for lines.</param>
    public static async Task RunAsync(string[] arguments, Random random, int lines, Action<string> note, CancellationToken cancelled)
    {
        int awaited = random.Next(0, lines);
        int spins = random.Next(0, LongestSpin);
        using Process writer = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rewards.CrashWriter"), arguments) { RedirectStandardOutput = true })!;
        for (int i = 0; i < awaited && await writer.StandardOutput.ReadLineAsync(cancelled) is { } line; i++)
        {
            note(line);
        }

        Thread.SpinWait(spins);
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync(cancelled) is { } line)
        {
            note(line);
        }

        await writer.WaitForExitAsync(cancelled);
        Assert.Equal(128 + 9, writer.ExitCode);
    }

    private static int Told(string name, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
