using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Watches the logs of others: cosigns a checkpoint only where it continues the last one it cosigned. So whoever sees its
/// cosignature knows that nobody was shown another past. Any thread may call it.</summary>
/// <remarks>What was seen is durable before it is cosigned: after a crash nothing is cosigned that contradicts it.</remarks>
public sealed class LogWitness
{
    /// <summary>The file that holds the last checkpoint of each log.</summary>
    internal const string Name = "witnessed";

    private const int FileLimit = 16 << 20;

    private readonly Lock _lock = new();
    private readonly IDurableFolder _folder;
    private readonly LogKey _key;
    private readonly IReadOnlyList<NoteKey> _logs;
    private readonly TimeProvider _time;
    private Dictionary<string, SignedNote> _seen;

    internal LogWitness(IDurableFolder folder, string name, LogKey key, IReadOnlyList<NoteKey> logs, TimeProvider time)
    {
        _folder = folder;
        _key = key;
        _logs = logs;
        _time = time;
        VerifierKey = new NoteKey(name, NoteKey.CosignatureType, key.PublicKey);
        try
        {
            _seen = NoteFile.Parse(folder.Read(Name, FileLimit) ?? []).ToDictionary(note => Checkpoint.Parse(note.Text).Origin);
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new LogException($"What this witness saw cannot be read: {exception.Message} Nothing is cosigned: restore it from a copy.", exception);
        }
    }

    /// <summary>Whom to trust for cosignatures; its text is the line to publish.</summary>
    public NoteKey VerifierKey { get; }

    /// <param name="path">A folder of its own; it must exist.</param>
    /// <param name="name">The witness' name. Its key must sign nothing else, as a cosignature does not name its signer.</param>
    /// <param name="key">Signs.</param>
    /// <param name="logs">Those watched; a log's name is its key's.</param>
    /// <param name="time">The clock that cosignatures tell.</param>
    /// <exception cref="LogException">What it saw before cannot be read.</exception>
    public static LogWitness Open(string path, string name, LogKey key, IReadOnlyList<NoteKey> logs, TimeProvider time) =>
        new(new DiskFolder(path), name, key, logs, time);

    /// <summary>Looks at a checkpoint, and cosigns it where it may.</summary>
    /// <param name="request">The body of an add-checkpoint request.</param>
    /// <exception cref="LogException">It may be cosigned, but that could not be written down.</exception>
    public WitnessAnswer Add(ReadOnlySpan<byte> request)
    {
        WitnessRequest asked;
        Checkpoint checkpoint;
        try
        {
            asked = WitnessRequest.Parse(request);
            checkpoint = Checkpoint.Parse(asked.Note.Text);
        }
        catch (FormatException)
        {
            return new(WitnessOutcome.Malformed, 0, null);
        }

        lock (_lock)
        {
            Checkpoint? last = _seen.TryGetValue(checkpoint.Origin, out SignedNote? note) ? Checkpoint.Parse(note.Text) : null;
            WitnessOutcome outcome = Judge(asked, checkpoint, last);
            if (outcome is not WitnessOutcome.Cosigned)
            {
                return new(outcome, last?.Size ?? 0, null);
            }

            // What is on disk already is not written again: whoever brings a public checkpoint over and over costs no flush.
            if (last != checkpoint)
            {
                Remember(checkpoint.Origin, asked.Note);
            }

            NoteSignature cosignature = VerifierKey.Sign(_key, asked.Note.Text, (ulong)_time.GetUtcNow().ToUnixTimeSeconds());
            return new(outcome, checkpoint.Size, cosignature);
        }
    }

    private WitnessOutcome Judge(WitnessRequest asked, Checkpoint checkpoint, Checkpoint? last)
    {
        List<NoteKey> keys = [.. _logs.Where(log => log.Name == checkpoint.Origin)];
        Hash256 oldRoot = last?.Root ?? MerkleHash.Empty;
        return keys.Count == 0 ? WitnessOutcome.UnknownLog
            : !keys.Any(asked.Note.IsSignedBy) ? WitnessOutcome.NotSigned
            : asked.OldSize > checkpoint.Size ? WitnessOutcome.Malformed
            : asked.OldSize != (last?.Size ?? 0) ? WitnessOutcome.OtherSize
            : asked.OldSize == checkpoint.Size && oldRoot != checkpoint.Root ? WitnessOutcome.Forked
            : !MerkleProof.Extends(asked.OldSize, oldRoot, checkpoint.Size, checkpoint.Root, asked.Proof) ? WitnessOutcome.Inconsistent
            : WitnessOutcome.Cosigned;
    }

    private void Remember(string origin, SignedNote note)
    {
        var seen = new Dictionary<string, SignedNote>(_seen) { [origin] = note };
        try
        {
            _folder.Replace(Name, NoteFile.Write(seen.Values));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException("What this witness saw could not be written: " + exception.Message, exception);
        }

        _seen = seen;
    }
}
