using System.Diagnostics;
using System.Text.Json;
using Appliance.Tests.Hosting;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>The witness of tests/oracles/rewards/witness.mjs, in a process of its own.</summary>
internal sealed class ForeignWitness : IAsyncDisposable
{
    private readonly Process process;

    private ForeignWitness(Process process, string key, string url)
    {
        this.process = process;
        Setting = (NoteKey.Parse(key), url);
    }

    public NoteKey Key => Setting.Key;

    public (NoteKey Key, string Url) Setting { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where it cannot run.</summary>
    public static async Task<ForeignWitness> StartAsync(NoteKey log)
    {
        Process process = Start(Scripts.OfOracles("rewards", "witness.mjs"), log.ToString());
        string? key = await process.StandardOutput.ReadLineAsync(Token);
        string? url = await process.StandardOutput.ReadLineAsync(Token);
        return url is not null ? new(process, key!, url) : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Token));
    }

    /// <summary>What a script prints for a JSON.</summary>
    public static async Task<string[]> AskAsync(string script, object input)
    {
        using Process node = Start(script);
        Task<string> printed = node.StandardOutput.ReadToEndAsync(Token);
        Task<string> errors = node.StandardError.ReadToEndAsync(Token);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(input).AsMemory(), Token);
        node.StandardInput.Close();
        await node.WaitForExitAsync(Token);
        Assert.True(node.ExitCode == 0, await errors);
        return (await printed).TrimEnd('\n').Split('\n');
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("node", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
