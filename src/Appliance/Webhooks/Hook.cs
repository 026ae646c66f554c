using System.Text.Json;
using Appliance.Access;

namespace Appliance.Webhooks;

/// <summary>A hook of this box, while the box runs.</summary>
/// <remarks>Two files, each replaced whole: the record, with what waits; and which sources were told, written after the record that holds their messages. What a crash leaves:
/// 1. an event that is in a journal and in no record is taken from the journal at the next start, under the same id;
/// 2. a source that is in a record and not yet among those told is found in the record;
/// 3. a message that was taken by its receiver and is still waiting in the record is sent again, under the same id.</remarks>
internal sealed class Hook(HookRecord record, KeptFile file, KeptFile sourcesFile)
{
    private readonly Lock gate = new();
    private HookRecord record = record;
    private bool isKept = true;

    public string Id { get; } = record.Id;

    public HookRecord Record
    {
        get
        {
            lock (gate)
            {
                return record;
            }
        }
    }

    /// <summary>Whether what is known is on the disk; where it is not, it is written again later, and a crash until then has something sent again.</summary>
    public bool IsKept
    {
        get
        {
            lock (gate)
            {
                return isKept;
            }
        }
    }

    /// <summary>What is being sent; belongs to the post.</summary>
    public Task Sending { get; set; } = Task.CompletedTask;

    /// <summary>Held by who sends to it.</summary>
    public SemaphoreSlim Line { get; } = new(1, 1);

    /// <summary>Sources that were told, in order; read once. Belongs to the post.</summary>
    public ToldSources Sources => field ??= new(sourcesFile);

    /// <summary>Changes what is known, whether the disk takes it or not.</summary>
    /// <returns>What is known now.</returns>
    public HookRecord Change(Func<HookRecord, HookRecord> change)
    {
        lock (gate)
        {
            HookRecord changed = change(record);
            if (!ReferenceEquals(changed, record) || !isKept)
            {
                record = changed;
                isKept = TryKeep();
            }

            return record;
        }
    }

    /// <summary>Changes what is known before it is written down for the first time.</summary>
    public void Begin(Func<HookRecord, HookRecord> change) => record = change(record);

    /// <summary>Writes it down for the first time.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Keep() => file.Write(JsonSerializer.SerializeToUtf8Bytes(record, WebhooksJson.Default.HookRecord));

    /// <summary>Removes its files, the record last: a crash between leaves a hook.</summary>
    /// <exception cref="IOException">It is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Remove()
    {
        lock (gate)
        {
            File.Delete(sourcesFile.Path);
            file.Delete();
        }
    }

    private bool TryKeep()
    {
        try
        {
            Keep();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
