using System.Collections.Concurrent;
using System.Text.Json;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>A box whose log is cosigned, in a folder that it is started in again and again. It asks without waiting long.</summary>
internal sealed class WitnessedBox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Of the film.</summary>
    private const int Segments = 16;

    private static readonly string[] Rungs = ["240p", "360p", "480p", "720p", "1080p"];

    private readonly ScratchFolder folder = new();
    private readonly ToldLines told = new();
    private TestAppliance? box;
    private string? token;
    private int made;
    private bool hasBooks;

    private WitnessedBox()
    {
    }

    public TestAppliance Box => box!;

    public bool Runs => box is not null;

    public NoteKey Key { get; private set; } = null!;

    public string Data => Path.Combine(folder.Path, "data");

    /// <summary>What the log said of witnesses, over all starts.</summary>
    public IReadOnlyCollection<string> Told => told.Lines;

    /// <summary>From a request to the end of its answer.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A box with a log of at least one entry, which ended again: its key is known.</summary>
    /// <param name="act">What is done first; null for nothing.</param>
    public static async Task<WitnessedBox> MadeAsync(Func<TestAppliance, Task>? act = null)
    {
        var made = new WitnessedBox();
        try
        {
            await made.StartAsync();
            made.token = made.Box.Token;
            if (act is not null)
            {
                made.hasBooks = true;
                await act(made.Box);
            }

            await made.GrowAsync(1);
            made.Key = NoteKey.Parse((await made.Box.GetTextAsync("/v1/log/key")).TrimEnd('\n'));
            await made.StopAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another box with all that this one has, keys included.</summary>
    public async Task<WitnessedBox> CopyAsync()
    {
        var copy = new WitnessedBox { Key = Key, token = token, made = made + 3 };
        (int code, string printed) = await House.RunAsync("cp", "-a", Data, copy.folder.Path);
        return code == 0 ? copy : throw new InvalidOperationException(printed);
    }

    /// <summary>A box made of a backup of this one.</summary>
    public async Task<WitnessedBox> RestoredAsync(string backup)
    {
        var restored = new WitnessedBox { Key = Key, token = token, made = made + 3, hasBooks = hasBooks };
        (int code, string printed) = await House.RunAsync(House.Program, "restore", backup, "--data", restored.Data);
        return code == 0 ? restored : throw new InvalidOperationException(printed);
    }

    public async Task StartAsync(params (NoteKey Key, string Url)[] witnesses)
    {
        if (witnesses.Length > 0)
        {
            await SetAsync(JsonSerializer.Serialize(new { witnesses = witnesses.Select(witness => new { key = witness.Key.ToString(), url = witness.Url }) }));
        }

        box = await TestAppliance.StartAsync(folder: folder, adjust: builder =>
        {
            builder.Logging.AddProvider(told);
            builder.Services.AddSingleton(new WitnessingOptions
            {
                Gathering = TimeSpan.FromMilliseconds(20),
                FirstPause = TimeSpan.FromMilliseconds(50),
                LongestPause = TimeSpan.FromMilliseconds(400),
                AnswerWithin = AnswerWithin,
            });
        });
    }

    public Task SetAsync(string settings)
    {
        Directory.CreateDirectory(Data);
        return File.WriteAllTextAsync(Path.Combine(Data, "rewards.json"), settings, Token);
    }

    public async Task StopAsync()
    {
        await Box.DisposeAsync();
        box = null;
    }

    /// <summary>Has segments made, which are entries of the log, until there are so many more at least (what is made ahead is one too), and nothing more comes.</summary>
    /// <returns>How many entries there are now.</returns>
    public async Task<long> GrowAsync(int by)
    {
        long size = (await LastAsync()).Size + by;
        while (await QuietAsync() < size)
        {
            await Box.GetBytesAsync(Box.Url(Rungs[made / Segments], $"{made % Segments}.m4s"));
            made++;
        }

        return (await LastAsync()).Size;
    }

    public async Task<SignedNote> NoteAsync() => SignedNote.Parse(await Box.GetBytesAsync("/v1/log/checkpoint"));

    public async Task<Checkpoint> LastAsync() => Checkpoint.Parse((await NoteAsync()).Text);

    /// <summary>Waits until the last checkpoint has these cosignatures.</summary>
    public async Task<SignedNote> UntilCosignedAsync(params NoteKey[] witnesses)
    {
        SignedNote note = await NoteAsync();
        await UntilAsync(async () => witnesses.All((note = await NoteAsync()).IsSignedBy));
        return note;
    }

    /// <summary>Waits until the box says something of a witness, by his name; null waits until nothing is wrong.</summary>
    public async Task<JsonElement> UntilSaysAsync(string name, string? trouble)
    {
        JsonElement witness = default;
        await UntilAsync(async () => (witness = await StandingAsync(name)).GetProperty("trouble").GetString() == trouble, () => witness.ToString());
        return witness;
    }

    public async Task<JsonElement> StandingAsync(string name) =>
        (await OwnersAsync("/v1/rewards/status")).GetProperty("witnesses").EnumerateArray().Single(witness => witness.GetProperty("name").GetString() == name);

    public async Task<JsonElement> OwnersAsync(string path) => JsonDocument.Parse(await OwnersTextAsync(path)).RootElement;

    public async Task<string> OwnersTextAsync(string path)
    {
        using HttpResponseMessage answer = await Box.SendAsync(HttpMethod.Get, path, ("Authorization", $"Bearer {token}"));
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token);
    }

    public async Task<string> CommandAsync(params string[] arguments)
    {
        (int code, string printed) = await House.RunAsync(House.Program, ["rewards", .. arguments, "--url", Box.BaseAddress.ToString(), "--token", token!]);
        return code == 0 ? printed : throw new InvalidOperationException(printed);
    }

    public async ValueTask DisposeAsync()
    {
        if (box is not null)
        {
            await box.DisposeAsync();
        }

        folder.Dispose();
        told.Dispose();
    }

    /// <summary>Waits until nothing is made, and all that was is in the log.</summary>
    /// <returns>The log's size.</returns>
    private async Task<long> QuietAsync()
    {
        long size = 0;
        await Box.UntilLandedAsync();
        await UntilAsync(async () =>
        {
            long records = (await OwnersAsync("/v1/rewards/records?limit=1000")).GetProperty("records").GetArrayLength();
            size = (await LastAsync()).Size;
            return (hasBooks ? records <= size : records == size) && Box.Cache.Status.Flights == 0;
        });
        return size;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, Func<string>? now = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        try
        {
            while (!await holds())
            {
                await Task.Delay(10, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            Assert.Fail($"It did not come to hold: {now?.Invoke()}");
        }
    }

    /// <summary>Keeps what is logged of witnesses.</summary>
    private sealed class ToldLines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => new Teller(this, categoryName.EndsWith(nameof(Witnessing), StringComparison.Ordinal));

        public void Dispose()
        {
        }

        private sealed class Teller(ToldLines told, bool isKept) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => isKept;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (isKept)
                {
                    told.lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
                }
            }
        }
    }
}
