using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Appliance.Tests.Hosting;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>The verb <c>rewards witness</c>, as a process.</summary>
public sealed class WitnessVerbTests : IDisposable
{
    private static readonly LogKey Secret = LogKey.FromSecret(new byte[32]);

    private static readonly NoteKey Log = new("log.example", NoteKey.PlainType, Secret.PublicKey);

    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Key => Path.Combine(folder.Path, "witness.key");

    private string State => Path.Combine(folder.Path, "state");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Witness_CosignsABoxsLog_AndIsTheSameAfterARestart()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        string line;
        await using (RunningWitness first = await RunningWitness.StartAsync(Key, State, box.Key, Log))
        {
            line = first.Key.ToString();
            await box.StartAsync((first.Key, first.Url));
            await box.UntilCosignedAsync(first.Key);
            await box.StopAsync();
            Assert.Equal(0, await first.EndAsync());
        }

        await using RunningWitness second = await RunningWitness.StartAsync(Key, State, box.Key);
        Assert.Equal(line, second.Key.ToString());
        await box.StartAsync((second.Key, second.Url));
        await box.GrowAsync(2);
        await box.UntilCosignedAsync(second.Key);
        Assert.DoesNotContain(box.Told, told => told.StartsWith("Warning", StringComparison.Ordinal));
        (int code, string printed) = await RunAsync("--listen", "127.0.0.1:0", "--log", box.Key.ToString());
        Assert.Equal((1, true), (code, printed.StartsWith($"appliance: The witness in {State} cannot be taken: it is in use by another process", StringComparison.Ordinal)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        }
    }

    /// <summary>By the texts of tlog-witness: status, and what a 409 tells.</summary>
    [Fact]
    public async Task Witness_AnswersAsPublished()
    {
        await using TransparencyLog log = await MadeLogAsync("log", "entry");
        await using TransparencyLog fork = await MadeLogAsync("fork", "another");
        await using RunningWitness witness = await RunningWitness.StartAsync(Key, State, Log);
        using var client = new HttpClient { BaseAddress = new Uri(witness.Url) };
        WitnessRequest good = log.RequestCosignature(0);
        string unknown = new Checkpoint("other.example", 5, log.Checkpoint.Root).Body;

        Assert.Equal((404, "application/problem+json"), await AskAsync(new WitnessRequest(0, [], new(unknown, [Log.Sign(Secret, unknown)])).ToString()));
        Assert.Equal((403, "application/problem+json"), await AskAsync((good with { Note = new(good.Note.Text, [good.Note.Signatures[0] with { Bytes = new byte[64] }]) }).ToString()));
        Assert.Equal((400, "application/problem+json"), await AskAsync("nothing"));
        Assert.Equal((409, "text/x.tlog.size 0\n"), await AskAsync(log.RequestCosignature(3).ToString()));
        (int status, string answer) = await AskAsync(good.ToString());
        Assert.Equal(200, status);
        var signed = SignedNote.Parse(good.With(Encoding.UTF8.GetBytes(answer["text/plain ".Length..])));
        Assert.True(signed.IsSignedBy(witness.Key));
        Assert.Equal((409, "text/x.tlog.size 5\n"), await AskAsync(good.ToString()));
        Assert.Equal((409, "text/x.tlog.size 5\n"), await AskAsync(fork.RequestCosignature(5).ToString()));
        await fork.AppendAsync("more"u8.ToArray(), cancellationToken: Token);
        Assert.Equal((422, "application/problem+json"), await AskAsync(fork.RequestCosignature(5).ToString()));
        Assert.Equal((413, "application/problem+json"), await AskAsync(new string('x', WitnessRequest.LengthLimit + 1)));
        using HttpResponseMessage read = await client.GetAsync("/add-checkpoint", Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);

        async Task<(int Status, string Answer)> AskAsync(string body)
        {
            using HttpResponseMessage message = await client.PostAsync("/add-checkpoint", new StringContent(body), Token);
            string type = message.Content.Headers.ContentType!.MediaType!;
            string text = await message.Content.ReadAsStringAsync(Token);
            return ((int)message.StatusCode, type == "application/problem+json" ? type : $"{type} {text}");
        }
    }

    /// <summary>A key without what it cosigned, or that without its key, could cosign another past: neither is made anew.</summary>
    [Fact]
    public async Task Witness_WithoutItsKeyOrItsMemory_DoesNotStart()
    {
        await using TransparencyLog log = await MadeLogAsync("log", "entry");
        await using (RunningWitness witness = await RunningWitness.StartAsync(Key, State, Log))
        {
            using var client = new HttpClient();
            using HttpResponseMessage answer = await client.PostAsync($"{witness.Url}/add-checkpoint", new StringContent(log.RequestCosignature(0).ToString()), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        File.Move(Key, Key + ".away");
        (int code, string printed) = await RunAsync("--listen", "127.0.0.1:0", "--log", Log.ToString());
        Assert.Equal(1, code);
        Assert.StartsWith($"appliance: The witness' key is lost: {Key} is not there", printed, StringComparison.Ordinal);
        Assert.False(File.Exists(Key));

        File.Move(Key + ".away", Key);
        File.Delete(Path.Combine(State, "witnessed"));
        (code, printed) = await RunAsync("--listen", "127.0.0.1:0", "--log", Log.ToString());
        Assert.Equal(1, code);
        Assert.StartsWith($"appliance: What {Key} cosigned is lost", printed, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(State, "witnessed")));
    }

    [Theory]
    [InlineData("rewards witness wants --listen.")]
    [InlineData("rewards witness wants --log.", "--listen", "127.0.0.1:0")]
    [InlineData("--listen wants an IP address and a port, as 0.0.0.0:8081 or [::]:8081, not here:1.", "--listen", "here:1", "--log", "x")]
    [InlineData("--listen wants an IP address and a port, as 0.0.0.0:8081 or [::]:8081, not 127.0.0.1.", "--listen", "127.0.0.1", "--log", "x")]
    [InlineData("--log: A verifier key is one line: name+hex(id)+base64(type and key).", "--listen", "127.0.0.1:0", "--log", "x")]
    public async Task Witness_ToldNonsense_SaysWhat(string expected, params string[] arguments)
    {
        (int code, string printed) = await RunAsync(arguments);

        Assert.Equal((2, $"appliance: {expected}"), (code, printed.TrimEnd('\n')));
        Assert.False(Directory.Exists(State));
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) =>
        House.RunAsync(House.Program, ["rewards", "witness", .. arguments, "--key", Key, "--state", State]);

    private async Task<TransparencyLog> MadeLogAsync(string name, string what)
    {
        var log = TransparencyLog.Open(Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName, Secret, new() { Origin = Log.Name });
        for (int i = 0; i < 5; i++)
        {
            await log.AppendAsync(Encoding.UTF8.GetBytes($"{what} {i}"), cancellationToken: Token);
        }

        return log;
    }

    private sealed class RunningWitness : IAsyncDisposable
    {
        private readonly Process process;

        private RunningWitness(Process process, string key, string url)
        {
            this.process = process;
            Key = NoteKey.Parse(key);
            Url = url;
        }

        public NoteKey Key { get; }

        public string Url { get; }

        public static async Task<RunningWitness> StartAsync(string key, string state, params NoteKey[] logs)
        {
            string[] arguments = ["rewards", "witness", "--listen", "127.0.0.1:0", "--key", key, "--state", state, .. logs.SelectMany(log => new[] { "--log", log.ToString() })];
            Process process = Process.Start(new ProcessStartInfo(House.Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string? line = await process.StandardOutput.ReadLineAsync(Token);
            string? where = await process.StandardOutput.ReadLineAsync(Token);
            string start = $"Cosigns {logs.Length} {(logs.Length == 1 ? "log" : "logs")} on ";
            return where?.StartsWith(start, StringComparison.Ordinal) == true
                ? new(process, line!, where[start.Length..].TrimEnd('/'))
                : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Token));
        }

        public async Task<int> EndAsync()
        {
            Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                await EndAsync();
            }

            process.Dispose();
        }
    }
}
