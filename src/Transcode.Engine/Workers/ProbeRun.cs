using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Transcode.Engine.Workers;

/// <summary>One probing process, from start to end.</summary>
/// <param name="Last">The last line that says more than a step; null where there was none.</param>
/// <param name="Step">What it was at last.</param>
/// <param name="TimedOut">Whether it was ended for taking too long.</param>
/// <param name="Nonsense">What it said that is no line of this protocol; null where all was.</param>
/// <param name="Obituary">How it ended, in a sentence's tail.</param>
/// <param name="Elapsed">From start to end.</param>
internal sealed record ProbeRun(ProbeLine? Last, string Step, bool TimedOut, string? Nonsense, string Obituary, TimeSpan Elapsed)
{
    private const int MostLines = 200;
    private const int MostCharacters = 256 * 1024;
    private const int SignalBase = 128;

    /// <summary>On a busy box what was said may be read late; longer only somebody else holds the pipes open.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private static readonly string[] InheritedVariables =
        ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DOTNET_", "LIBVA_", "CUDA_", "NVIDIA_", "VK_", "XDG_RUNTIME_DIR"];

    /// <param name="options">Which program.</param>
    /// <param name="arguments">What it is to try.</param>
    /// <param name="limit">After which it is ended.</param>
    /// <param name="onStep">Hears each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ProbeRun> StartAsync(
        HardwareProbeOptions options, IReadOnlyList<string> arguments, TimeSpan limit, Action<string> onStep, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Start(options, arguments);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(limit);
        using CancellationTokenRegistration ending = late.Token.Register(() => End(process));
        Task<string> lastWords = LastLineAsync(process.StandardError);
        var heard = new Heard(onStep);
        Task listening = heard.ListenAsync(process.StandardOutput);
        Task exit = process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(listening, exit).ConfigureAwait(false);
        if (heard.Nonsense is not null)
        {
            End(process);
        }

        await exit.ConfigureAwait(false);

        // What it started may live on and keep its pipes open.
        await Task.WhenAny(Task.WhenAll(listening, lastWords), Task.Delay(LastWords, CancellationToken.None)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        string words = lastWords.IsCompletedSuccessfully ? await lastWords.ConfigureAwait(false) : "";
        int code = process.ExitCode;
        string obituary = $"it ended with code {code}{(code > SignalBase ? $" (signal {code - SignalBase})" : "")}{(words.Length > 0 ? $"; its last words: {words}" : "")}";
        return new(heard.Last, heard.Step, late.IsCancellationRequested && heard.Last is null, heard.Nonsense, obituary, Stopwatch.GetElapsedTime(started));
    }

    /// <exception cref="TranscodeException">The program cannot be started.</exception>
    public static Process Start(HardwareProbeOptions options, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(options.WorkerPath, [.. options.WorkerArguments, ProbeProgram.Word, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (string name in start.Environment.Keys.Where(name => !InheritedVariables.Any(kept => name.StartsWith(kept, StringComparison.Ordinal))).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"A probing process cannot start: {exception.Message}", exception);
        }
    }

    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It went by itself in this moment.
        }
    }

    /// <summary>Reads all of it, so that nobody waits for room, and keeps the last line.</summary>
    public static async Task<string> LastLineAsync(StreamReader reader)
    {
        string last = "";
        var line = new StringBuilder();
        char[] buffer = new char[1024];
        int count;
        while ((count = await ReadAsync(reader, buffer).ConfigureAwait(false)) > 0)
        {
            foreach (char character in buffer.AsSpan(0, count))
            {
                if (character == '\n')
                {
                    last = line.Length > 0 ? WorkerText.Clean(line.ToString()) : last;
                    line.Clear();
                }
                else if (line.Length < MessageLimits.TextCharacters)
                {
                    line.Append(character);
                }
            }
        }

        return line.Length > 0 ? WorkerText.Clean(line.ToString()) : last;
    }

    /// <returns>0 also where the run is over and its pipes are closed.</returns>
    private static async Task<int> ReadAsync(StreamReader reader, char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException or OperationCanceledException)
        {
            return 0;
        }
    }

    /// <summary>What a process says, within limits.</summary>
    private sealed class Heard(Action<string> onStep)
    {
        public ProbeLine? Last { get; private set; }

        public string Step { get; private set; } = "its start";

        public string? Nonsense { get; private set; }

        public async Task ListenAsync(StreamReader reader)
        {
            var line = new StringBuilder();
            char[] buffer = new char[4096];
            int count, lines = 0;
            while (Nonsense is null && (count = await ReadAsync(reader, buffer).ConfigureAwait(false)) > 0)
            {
                for (int i = 0; i < count && Nonsense is null; i++)
                {
                    if (buffer[i] != '\n')
                    {
                        line.Append(buffer[i]);
                        Nonsense = line.Length > MostCharacters ? "a line without end" : null;
                        continue;
                    }

                    Nonsense = ++lines > MostLines ? "more lines than anybody reads" : null;
                    Take(line.ToString());
                    line.Clear();
                }
            }
        }

        private void Take(string line)
        {
            try
            {
                ProbeLine? said = JsonSerializer.Deserialize(line, ProbeJson.Default.ProbeLine);
                if (said?.Step is { } step)
                {
                    onStep(Step = WorkerText.Clean(step));
                }
                else
                {
                    Last = said ?? Last;
                }
            }
            catch (JsonException)
            {
                Nonsense = $"\"{WorkerText.Clean(line)}\"";
            }
        }
    }
}
