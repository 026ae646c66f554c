using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Rewards.Tests.Oracles;

/// <summary>Libraries by others, asked through a small script of <c>tests/oracles/rewards</c>: a JSON goes in, an answer comes out.</summary>
internal static class NodeOracle
{
    private static readonly string Folder = FindFolder();

    /// <summary>Skips the test where a package is not there: not installed, or not made for this machine.</summary>
    public static void Require(string package) =>
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", package)),
            $"The npm package {package} is not installed in tests/oracles: ./test does that.");

    /// <summary>What <paramref name="script"/> prints for <paramref name="input"/>. Skips the test where the libraries are not there.</summary>
    /// <param name="script">As <c>keccak.mjs</c>.</param>
    /// <param name="input">For its standard input.</param>
    public static async Task<string> AskAsync(string script, string input)
    {
        Require("viem");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using Process node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "rewards", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(cancelled);
        Task<string> errors = node.StandardError.ReadToEndAsync(cancelled);
        await node.StandardInput.WriteAsync(input.AsMemory(), cancelled);
        node.StandardInput.Close();
        await node.WaitForExitAsync(cancelled);
        string said = await errors;
        Assert.True(node.ExitCode == 0, $"{script} ended with status {node.ExitCode}: {said}");
        if (said.Length > 0)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(said);
        }

        return (await output).TrimEnd('\n');
    }

    private static string FindFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "oracles"));
}
