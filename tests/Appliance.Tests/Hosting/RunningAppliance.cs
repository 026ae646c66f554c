using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Appliance.Tests.Hosting;

/// <summary>The built program with its own workers, as a person starts it; ended with everything it started.</summary>
internal sealed class RunningAppliance : IAsyncDisposable
{
    private readonly Process process;

    private RunningAppliance(Process process, Uri address, string token)
    {
        this.process = process;
        BaseAddress = address;
        ProcessId = process.Id;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public Uri BaseAddress { get; }

    public int ProcessId { get; }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Serves one film from a data folder, and waits until it can be played.</summary>
    /// <param name="film">Its path.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="within">A command that becomes what follows it, and its arguments; none by default.</param>
    public static Task<RunningAppliance> StartAsync(string film, string data, params string[] within) => StartAsync(data, [.. within, House.Program, film, "--data", data], "Ready: ");

    /// <summary>Serves what it has in a data folder.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="ready">What it says when it is waited for no longer; null where nothing is.</param>
    /// <param name="options">Of the command line.</param>
    public static Task<RunningAppliance> StartEmptyAsync(string data, string? ready, params string[] options) => StartAsync(data, [House.Program, "--data", data, .. options], ready);

    private static async Task<RunningAppliance> StartAsync(string data, string[] start, string? ready)
    {
        string[] command = [.. start, "--port", "0"];
        string key = await KeyAsync(data);
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            string page = await LineAsync(process.StandardOutput, "  Page     ");
            if (ready is not null)
            {
                await LineAsync(process.StandardError, ready);
            }

            // Nobody reads what else it says, but its pipes must not fill up.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new(process, new Uri(page), key);
        }
        catch
        {
            // Nobody else knows of it yet.
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>The address of a rendition's files, by the order of the source's own list: rungs first, largest first.</summary>
    public async Task<string[]> RenditionsAsync()
    {
        JsonElement list = await JsonAsync("v1/sources");
        JsonElement detail = await JsonAsync($"v1/sources/{list.GetProperty("sources")[0].GetProperty("id").GetString()}");
        return [.. detail.GetProperty("renditions").EnumerateArray()
            .Select(rendition => rendition.GetProperty("playlist").GetString()!.Replace("/index.m3u8", "", StringComparison.Ordinal))];
    }

    public Task<byte[]> GetAsync(string path) => Client.GetByteArrayAsync(path, Token);

    public Task<JsonElement> JsonAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path, Token);

    /// <summary>Waits until nothing is made and nothing waits.</summary>
    public async Task UntilIdleAsync()
    {
        while (true)
        {
            JsonElement activity = await JsonAsync("v1/activity");
            if (activity.GetProperty("making").GetProperty("flights").GetInt32() == 0
                && activity.GetProperty("pool").GetProperty("queues").EnumerateArray()
                    .All(queue => queue.GetProperty("queued").GetInt32() == 0 && queue.GetProperty("running").GetInt32() == 0))
            {
                return;
            }

            await Task.Delay(20, Token);
        }
    }

    /// <summary>The workers that the pool says it has.</summary>
    public async Task<int[]> PooledWorkersAsync() =>
        [.. (await JsonAsync("v1/activity")).GetProperty("pool").GetProperty("workers").EnumerateArray()
            .Select(worker => worker.GetProperty("processId").GetInt32()).Where(id => id > 0).Order()];

    /// <summary>The workers that live, whoever knows of them: each was told whose it is.</summary>
    public int[] LivingWorkers() => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && IsWorker(id)).Order()];

    /// <summary>Ends the program by a signal, as <c>TERM</c>, and waits for its end.</summary>
    public async Task<int> EndAsync(string signal)
    {
        Process.Start("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)]).Dispose();
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            await EndAsync("TERM");
        }

        process.Dispose();
    }

    /// <summary>A key with the owner's scope.</summary>
    public static async Task<string> KeyAsync(string data)
    {
        (int code, string output) = await House.RunAsync(House.Program, "key", "add", "test", "--scope", "owner", "--data", data);
        return code == 0 ? output.Trim() : throw new InvalidOperationException(output);
    }

    private bool IsWorker(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains($"--parent={ProcessId}")
                && !File.ReadAllText($"/proc/{id}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<string> LineAsync(StreamReader reader, string start)
    {
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            int at = line.IndexOf(start, StringComparison.Ordinal);
            if (at >= 0)
            {
                return line[(at + start.Length)..];
            }
        }

        throw new InvalidOperationException($"The program ended before it said {start}.");
    }
}
