using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Access;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Webhooks;

/// <summary>The hooks there are: files of <c>hooks</c> in the data folder, for its owner's eyes only.</summary>
internal sealed partial class HookShelf
{
    /// <summary>Hooks of the box; more are refused.</summary>
    public const int Limit = 32;

    /// <summary>Of one key.</summary>
    public const int LimitOfAKey = 8;

    private const int IdBytes = 8;
    private const string Suffix = ".json";

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly List<Hook> hooks;
    private readonly ILogger logger;

    /// <exception cref="UsageException">The folder cannot be used.</exception>
    public HookShelf(DataFolder data, ILogger<HookShelf> logger)
    {
        this.logger = logger;
        folder = data.Hooks;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (string leftover in Directory.EnumerateFiles(folder, $"*{DurableFile.TemporarySuffix}"))
            {
                DurableFile.RemoveQuietly(leftover);
            }

            hooks = [.. Directory.EnumerateFiles(folder, $"*{Suffix}").Select(Read).OfType<HookRecord>()
                .OrderBy(record => record.MadeAt).ThenBy(record => record.Id, StringComparer.Ordinal).Select(Of)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder {folder} cannot be used: {exception.Message}");
        }
    }

    /// <summary>After one was made, tried or taken away.</summary>
    public event Action? Changed;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Hook> All
    {
        get
        {
            lock (gate)
            {
                return [.. hooks];
            }
        }
    }

    public Hook? Find(string id) => All.FirstOrDefault(hook => hook.Id == id);

    /// <summary>Makes a hook.</summary>
    /// <param name="key">Whose; null for the owner's.</param>
    /// <param name="url">Where to.</param>
    /// <param name="events">By name.</param>
    /// <param name="now">When.</param>
    /// <param name="begin">What it was told before it was there.</param>
    /// <returns>Null where there are too many.</returns>
    /// <exception cref="IOException">It cannot be kept; there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public Hook? Add(string? key, string url, IReadOnlyList<string> events, DateTimeOffset now, Action<Hook> begin)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        Hook hook = Of(new HookRecord(id, key, url, events, HookSecret.Make(), now));
        lock (gate)
        {
            if (hooks.Count >= Limit || hooks.Count(other => other.Record.Key == key) >= LimitOfAKey)
            {
                return null;
            }

            begin(hook);
            hook.Keep();
            hooks.Add(hook);
        }

        Tell();
        return hook;
    }

    /// <exception cref="IOException">It is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Remove(Hook hook)
    {
        lock (gate)
        {
            hook.Remove();
            hooks.Remove(hook);
        }

        Tell();
    }

    public void Tell() => Changed?.Invoke();

    private Hook Of(HookRecord record) => new(record, new(Path.Combine(folder, record.Id + Suffix)), new(Path.Combine(folder, record.Id + ".sources")));

    private HookRecord? Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(new KeptFile(path).Read(), WebhooksJson.Default.HookRecord) is
                { Id: { } id, Url: not null, Events: not null, Told: not null, Receipts: not null, Waiting: not null, Ended: not null } record
                && id == Path.GetFileNameWithoutExtension(path) && HookSecret.IsSound(record.Secret))
            {
                return record;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
        }

        Damaged(logger, path);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The hook in {Path} cannot be read; it was left as it is, and nothing is sent to it")]
    private static partial void Damaged(ILogger logger, string path);
}
