namespace Transcode.Engine.Workers;

/// <summary>Counts the workers that ended at each place of a source, and shuts the places that keep ending them.</summary>
/// <remarks>A worker that crashed or hung speaks against the bytes it was at: the second shuts the place. One that somebody
/// else's signal ended speaks against them far less, and playback must go on through it: such an order is simply tried
/// again, and only the eighth in a row shuts the place, briefly, so that a source that eats all memory of a box cannot keep
/// it dying. An answer clears a place. Nothing is shut for ever: a crash can have been the box's own bad moment, and an
/// hour between two tries is no burden.</remarks>
/// <param name="capacity">In places; the oldest is forgotten first.</param>
/// <param name="time">What tells the hour.</param>
internal sealed class Quarantine(int capacity, TimeProvider time)
{
    public const int FatalFaults = 2;
    public const int FatalSignals = 8;
    public static readonly TimeSpan FaultMemory = TimeSpan.FromHours(1);
    public static readonly TimeSpan SignalMemory = TimeSpan.FromMinutes(1);

    private readonly Dictionary<WorkPlace, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byAge = new();

    /// <summary>Why an order there is refused, or null where the place is open.</summary>
    public TranscodeException? RefusalFor(in WorkPlace place) => Find(place) switch
    {
        { Faults: >= FatalFaults } entry => new(
            FailureStage.Worker, FailureCause.Quarantined, $"This source ended two workers at {place.Place} and is not tried again: {entry.Reason}"),
        { IsShut: true } => new(
            FailureStage.Worker, FailureCause.WorkerDied, $"{FatalSignals} workers in a row were ended from outside at {place.Place}; it is tried again in a minute."),
        _ => null,
    };

    /// <summary>A worker ended while it executed an order there.</summary>
    /// <returns>Why the order is not to be tried again, or null where it is.</returns>
    public string? RecordDeath(in WorkPlace place, WorkerLostException lost)
    {
        Entry entry = Find(place) ?? Add(place, lost.Message);
        entry.LastAt = time.GetUtcNow();
        if (lost.End == WorkerEnd.Outside)
        {
            entry.Signals++;
        }
        else
        {
            entry.Reason = entry.Faults++ == 0 ? lost.Message : entry.Reason;
        }

        return entry switch
        {
            { Faults: >= FatalFaults } => $"Two workers ended at {place.Place}: {lost.Message}",
            { IsShut: true } => $"{FatalSignals} workers in a row were ended from outside at {place.Place}.",
            _ => null,
        };
    }

    /// <summary>An order there was answered: what ended the last worker was not this place.</summary>
    public void RecordAnswer(in WorkPlace place)
    {
        if (entries.Remove(place, out var node))
        {
            byAge.Remove(node);
        }
    }

    public IReadOnlyList<QuarantineStatus> Status() =>
        [.. byAge.Where(entry => entry.IsShut && !IsForgotten(entry)).Select(entry => new QuarantineStatus(entry.Place.Fingerprint, entry.Place.Place, entry.Reason))];

    private Entry? Find(in WorkPlace place)
    {
        if (!entries.TryGetValue(place, out var node))
        {
            return null;
        }

        if (!IsForgotten(node.Value))
        {
            return node.Value;
        }

        RecordAnswer(place);
        return null;
    }

    private Entry Add(in WorkPlace place, string reason)
    {
        if (entries.Count == capacity)
        {
            entries.Remove(byAge.First!.Value.Place);
            byAge.RemoveFirst();
        }

        var entry = new Entry(place, reason);
        entries[place] = byAge.AddLast(entry);
        return entry;
    }

    private bool IsForgotten(Entry entry) =>
        time.GetUtcNow() - entry.LastAt >= (entry.Faults > 0 ? FaultMemory : SignalMemory);

    private sealed class Entry(WorkPlace place, string reason)
    {
        public WorkPlace Place { get; } = place;

        public string Reason { get; set; } = reason;

        public int Faults { get; set; }

        public int Signals { get; set; }

        public DateTimeOffset LastAt { get; set; }

        public bool IsShut => Faults >= FatalFaults || Signals >= FatalSignals;
    }
}
