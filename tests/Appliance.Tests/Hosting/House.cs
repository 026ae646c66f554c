using System.Diagnostics;
using System.Text;

namespace Appliance.Tests.Hosting;

/// <summary>The repository around these tests.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program in the build that these tests belong to.</summary>
    public static string Program { get; } = At("src", "Appliance", "bin", Configuration, "net10.0", "Appliance");

    /// <summary>A program that was built beside these tests.</summary>
    public static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A shared clip, as <c>natural/name.ts</c>; skips the test where it is not on this machine.</summary>
    public static string Clip(string name)
    {
        string clip = Path.GetFullPath(At("..", "shared", "media", name));
        Assert.SkipUnless(File.Exists(clip), $"The shared clip {name} is not on this machine.");
        return clip;
    }

    /// <summary>Far longer than any of them takes anywhere: met only by one that would never end.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and all it printed.</returns>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        var printed = new StringBuilder();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            for (char[] block = new char[4096]; await process.StandardOutput.ReadAsync(block, limit.Token) is > 0 and int count;)
            {
                printed.Append(block, 0, count);
            }

            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, printed.Append(await errors).ToString());
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} does not end. It printed: {printed}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Appliance.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}
