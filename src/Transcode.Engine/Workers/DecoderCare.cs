using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>Which devices' decoders a pool's workers have, and when each is left alone. While one is, software decodes: the same pictures.</summary>
/// <remarks>A worker that crashed or hung with one at work: an hour's rest; where software then made the same order, it was the decoder's doing, whose second such end shuts it until
/// <see cref="Forgive"/>. Wrong pictures shut it at once. A worker that somebody ended from outside says nothing against it. Errors are the worker's own to rest from.</remarks>
public sealed class DecoderCare
{
    /// <summary>After a worker came to a bad end with it.</summary>
    public static readonly TimeSpan CrashRest = TimeSpan.FromHours(1);

    private const int FatalCrashes = 2;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private Entry[] entries = [];
    private CodingPath[] usable = [];

    internal DecoderCare(TimeProvider time) => this.time = time;

    /// <summary>Hears, on any thread, which was shut and why.</summary>
    public event Action<CodingPath, string>? Shut;

    /// <summary>How each is now; empty where there are none.</summary>
    public IReadOnlyList<DecoderStatus> Status
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Select(entry => new DecoderStatus(
                    entry.Path, entry.Why, Rests(entry) ? entry.RestsUntil : null, entry.IsShut, entry.Decoded, entry.LeftToSoftware))];
            }
        }
    }

    /// <summary>What the next worker opens before its lock closes: nothing that ended one. The same list as long as it holds.</summary>
    internal IReadOnlyList<CodingPath> ForWorkers
    {
        get
        {
            lock (gate)
            {
                CodingPath[] now = [.. entries.Where(entry => !entry.IsShut && !Rests(entry)).Select(entry => entry.Path)];
                return usable = now.SequenceEqual(usable) ? usable : now;
            }
        }
    }

    /// <summary>It may be used again: its owner had it tried anew.</summary>
    public void Forgive(CodingPath path)
    {
        lock (gate)
        {
            if (Find(path) is { } entry)
            {
                (entry.IsShut, entry.Crashes, entry.RestsUntil, entry.Why) = (false, 0, DateTimeOffset.MinValue, null);
            }
        }
    }

    internal void Use(IReadOnlyList<CodingPath> wanted)
    {
        lock (gate)
        {
            entries = [.. wanted.Distinct().Select(path => new Entry(path))];
        }
    }

    /// <summary>Which decoder an order may be at of those that a worker opened.</summary>
    internal static CodingPath? At(IReadOnlyList<CodingPath> decoders, WorkOrder order) =>
        order is SegmentOrder { Recipe: Recipes.VideoRecipe, Source.Video: { Interlaced: false } video }
            ? decoders.FirstOrDefault(path => path.Format == video.Codec && path.BitDepth == video.BitDepth)
            : null;

    /// <summary>Hears what a worker says of one.</summary>
    /// <returns>Whether that is news: software decodes in its place for a reason that is its own, and another than the last.</returns>
    internal bool Hear(DecoderNote note)
    {
        (CodingPath Path, string Why)? shut = null;
        bool isNews = false;
        lock (gate)
        {
            foreach (Entry entry in entries.Where(entry => Is(entry.Path, note)))
            {
                string? why = note.Why is null ? null : WorkerText.Clean(note.Why);
                entry.Decoded += why is null ? 1 : 0;
                entry.LeftToSoftware += why is null ? 0 : 1;
                isNews |= why != entry.Why && note.Blame is (DecoderBlame.Device or DecoderBlame.WrongPictures);
                entry.Why = entry.IsShut ? entry.Why : why ?? entry.Why;
                if (note.Blame == DecoderBlame.WrongPictures && !entry.IsShut)
                {
                    (entry.IsShut, entry.Why) = (true, $"It is left alone until it is tried anew: {why}");
                    shut = (entry.Path, entry.Why);
                }
            }
        }

        if (shut is var (path, reason))
        {
            Shut?.Invoke(path, reason);
        }

        return isNews;
    }

    /// <summary>It is not used for a run, for a reason of the box's.</summary>
    internal void LeaveToSoftware(CodingPath path, string why)
    {
        lock (gate)
        {
            if (Find(path) is { IsShut: false } entry)
            {
                entry.LeftToSoftware++;
                entry.Why = why;
            }
        }
    }

    /// <summary>Hears what a worker found when it opened them.</summary>
    /// <param name="wanted">Those that it was to open.</param>
    /// <param name="notes">What it says of each.</param>
    /// <returns>Those that it opened.</returns>
    internal CodingPath[] Opened(IReadOnlyList<CodingPath> wanted, IReadOnlyList<DecoderNote> notes)
    {
        lock (gate)
        {
            foreach (DecoderNote note in notes.Where(note => note.Why is not null))
            {
                foreach (Entry entry in entries.Where(entry => Is(entry.Path, note) && !entry.IsShut))
                {
                    entry.Why = $"It does not open in a worker, and software decodes: {WorkerText.Clean(note.Why!)}";
                }
            }
        }

        return [.. wanted.Where(path => notes.Any(note => note.Why is null && Is(path, note)))];
    }

    /// <summary>A worker came to a bad end that had it in hand.</summary>
    internal void Suspect(CodingPath path, WorkerLostException lost)
    {
        lock (gate)
        {
            if (Find(path) is { IsShut: false } entry && lost.End != WorkerEnd.Outside)
            {
                entry.RestsUntil = time.GetUtcNow() + CrashRest;
                entry.Why = $"A worker that had it ended, and it rests for an hour: {WorkerText.Clean(lost.Message)}";
            }
        }
    }

    /// <summary>It was its own doing.</summary>
    internal void Convict(CodingPath path, WorkerLostException lost)
    {
        string? shutFor = null;
        lock (gate)
        {
            // Rungs of one worker each tell of the same end.
            if (Find(path) is { IsShut: false } entry && lost.End != WorkerEnd.Outside && !ReferenceEquals(entry.Judged, lost))
            {
                entry.Judged = lost;
                if (++entry.Crashes >= FatalCrashes)
                {
                    (entry.IsShut, entry.Why) = (true, $"It ended two workers and is left alone until it is tried anew: {WorkerText.Clean(lost.Message)}");
                    shutFor = entry.Why;
                }
            }
        }

        if (shutFor is not null)
        {
            Shut?.Invoke(path, shutFor);
        }
    }

    /// <summary>It was not: software's worker came to the same end at the same place.</summary>
    internal void Acquit(CodingPath path, WorkerLostException lost)
    {
        lock (gate)
        {
            if (Find(path) is { IsShut: false } entry && !ReferenceEquals(entry.Judged, lost))
            {
                (entry.Judged, entry.RestsUntil, entry.Why) = (lost, DateTimeOffset.MinValue, null);
            }
        }
    }

    private static bool Is(CodingPath path, DecoderNote note) => path.DecoderName == note.Name && path.BitDepth == note.BitDepth;

    private bool Rests(Entry entry) => time.GetUtcNow() < entry.RestsUntil;

    private Entry? Find(CodingPath path) => Array.Find(entries, entry => entry.Path == path);

    private sealed class Entry(CodingPath path)
    {
        public CodingPath Path => path;

        public string? Why { get; set; }

        public DateTimeOffset RestsUntil { get; set; } = DateTimeOffset.MinValue;

        public bool IsShut { get; set; }

        public int Crashes { get; set; }

        public WorkerLostException? Judged { get; set; }

        public long Decoded { get; set; }

        public long LeftToSoftware { get; set; }
    }
}
