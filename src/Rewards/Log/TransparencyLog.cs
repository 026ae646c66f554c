using System.Runtime.InteropServices;
using System.Threading.Channels;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>An append-only log that anybody can check: a Merkle tree (RFC 9162) whose checkpoints are signed, served as tiles (C2SP
/// tlog-tiles). Any thread may call it; one thread of its own writes.</summary>
public sealed class TransparencyLog : IAsyncDisposable
{
    /// <summary>Bytes that an entry may have.</summary>
    public const int EntryLimit = LogFiles.EntryLimit;

    private readonly FileStream? _lock;
    private readonly LogStore _store;
    private readonly CosignedNotes _cosigned;
    private readonly TransparencyLogOptions _options;
    private readonly Channel<LogAppend> _requests;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PublishedCheckpoint _published;

    internal TransparencyLog(IDurableFolder folder, LogKey key, TransparencyLogOptions options, FileStream? @lock)
    {
        options.Validate();
        _lock = @lock;
        _options = options;
        VerifierKey = new NoteKey(options.Origin, NoteKey.PlainType, key.PublicKey);
        _cosigned = new CosignedNotes(folder);
        _store = new LogStore(folder, options.Origin, key, options.EarlierKeys);
        _published = new(_store.Last, Log.Checkpoint.Parse(_store.Last.Text));
        try
        {
            RequireWhatWitnessesSaw();
        }
        catch
        {
            _store.Dispose();
            throw;
        }

        _requests = Channel.CreateBounded<LogAppend>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        new Thread(Serve) { IsBackground = true, Name = "transparency log" }.Start();
    }

    /// <summary>Whom to trust for checkpoints; its text is the line to publish.</summary>
    public NoteKey VerifierKey { get; }

    /// <summary>The last checkpoint: durable, and what everything below is read under.</summary>
    public Checkpoint Checkpoint => _published.Checkpoint;

    /// <summary>Entries under the last checkpoint.</summary>
    public long Size => Checkpoint.Size;

    /// <summary>The last checkpoint as it is served: signed, with the cosignatures there are.</summary>
    public SignedNote Note
    {
        get
        {
            PublishedCheckpoint published = _published;
            return _cosigned.At(published.Checkpoint.Size) ?? published.Note;
        }
    }

    /// <summary>Cosigned checkpoints that are kept, the oldest first.</summary>
    public IReadOnlyList<SignedNote> CosignedNotes => _cosigned.All;

    /// <summary>Is there a log in this folder, sound or not? Then something was signed before.</summary>
    public static bool IsThere(string path) => LogStore.FileNames.Any(name => File.Exists(Path.Combine(path, name)));

    /// <summary>Opens the log in a folder, or begins one where the folder is empty. A damaged one is refused and left as it is.</summary>
    /// <param name="path">Its folder; it must exist. It holds nothing else.</param>
    /// <param name="key">Signs; not disposed of with the log.</param>
    /// <param name="options">Name and limits.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="LogException">The log is in use, damaged, another's, or older than what witnesses saw of it.</exception>
    public static TransparencyLog Open(string path, LogKey key, TransparencyLogOptions options)
    {
        options.Validate();
        FileStream @lock = LogLock.Take(path);
        try
        {
            return new(new DiskFolder(path), key, options, @lock);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry. When the task completes it is durable and under a signed checkpoint.</summary>
    /// <param name="entry">1 to 65,535 bytes, not changed until then. It is public: no titles, addresses of sources or of clients.</param>
    /// <param name="index">The place it is meant for, by which it may be brought again after its answer was lost; null for the next.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is appended all the same.</param>
    /// <exception cref="ArgumentException">Its length, or an index that would leave a gap before it.</exception>
    /// <exception cref="LogException">It could not be written, or nobody can say whether it was: bring it again with its index.</exception>
    public Task<AppendedEntry> AppendAsync(ReadOnlyMemory<byte> entry, long? index = null, CancellationToken cancellationToken = default)
    {
        LogAppend.RequireLength(entry);
        return AskAsync(new([entry], index), cancellationToken);
    }

    /// <summary>A tile of hashes: 32 bytes each, 256 of them where it is whole.</summary>
    /// <param name="level">0 or more.</param>
    /// <param name="index">0 or more.</param>
    /// <param name="width">1 to 256.</param>
    /// <returns>Null where the log under its last checkpoint does not have all of it.</returns>
    public byte[]? ReadTile(int level, long index, int width)
    {
        if (level is < 0 or >= LogFiles.Levels || !MerkleTiles.IsThere(index, width, LogFiles.HashCount(level, Size)))
        {
            return null;
        }

        byte[] bytes = new byte[width * Hash256.Length];
        _store.Files.ReadHashes(level, index * MerkleTiles.Width, MemoryMarshal.Cast<byte, Hash256>(bytes.AsSpan()));
        return bytes;
    }

    /// <summary>A tile of entries, each after its length (u16, big-endian).</summary>
    /// <param name="index">0 or more.</param>
    /// <param name="width">Entries, 1 to 256.</param>
    /// <returns>Null where the log under its last checkpoint does not have all of it.</returns>
    public byte[]? ReadEntries(long index, int width) => MerkleTiles.IsThere(index, width, Size) ? _store.Files.ReadEntries(index, width) : null;

    /// <summary>An entry.</summary>
    /// <param name="index">0 to <see cref="Size"/> − 1.</param>
    public ReadOnlyMemory<byte> ReadEntry(long index)
    {
        RequireWithin(index, Size - 1, nameof(index));
        return ReadStored(index);
    }

    /// <summary>Root of the tree as it was at a size.</summary>
    /// <param name="size">0 to <see cref="Size"/>.</param>
    public Hash256 Root(long size)
    {
        RequireWithin(size, Size, nameof(size));
        return _store.Files.Tiles.Root(size);
    }

    /// <summary>Shows that an entry is in the tree of a size (RFC 9162, 2.1.3).</summary>
    /// <param name="index">Less than <paramref name="size"/>.</param>
    /// <param name="size">1 to <see cref="Size"/>.</param>
    public IReadOnlyList<Hash256> Inclusion(long index, long size)
    {
        RequireWithin(size, Size, nameof(size));
        RequireWithin(index, size - 1, nameof(index));
        return _store.Files.Tiles.Inclusion(index, size);
    }

    /// <summary>Shows that the tree of a size is the beginning of that of another (RFC 9162, 2.1.4).</summary>
    /// <param name="oldSize">0 to <paramref name="newSize"/>.</param>
    /// <param name="newSize">Up to <see cref="Size"/>.</param>
    public IReadOnlyList<Hash256> Consistency(long oldSize, long newSize)
    {
        RequireWithin(newSize, Size, nameof(newSize));
        RequireWithin(oldSize, newSize, nameof(oldSize));
        return _store.Files.Tiles.Consistency(oldSize, newSize);
    }

    /// <summary>All that shows offline that an entry is in the log: under the newest checkpoint that witnesses cosigned and that covers
    /// it, else under the last.</summary>
    /// <param name="index">0 to <see cref="Size"/> − 1.</param>
    /// <param name="extra">Put into the text, and vouched for by nobody.</param>
    public ProofBundle Prove(long index, ReadOnlyMemory<byte> extra = default)
    {
        PublishedCheckpoint published = _published;
        RequireWithin(index, published.Checkpoint.Size - 1, nameof(index));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extra.Length, ProofBundle.ExtraLimit);
        SignedNote note = _cosigned.Covering(index, published.Checkpoint.Size) ?? published.Note;
        return new(index, _store.Files.Tiles.Inclusion(index, Log.Checkpoint.Parse(note.Text).Size), note, extra);
    }

    /// <summary>What to bring to a witness: a checkpoint, and that it continues the one he cosigned last.</summary>
    /// <param name="oldSize">Of that one, 0 to the checkpoint's size; 0 where there was none.</param>
    /// <param name="note">The checkpoint, as an earlier request had it; null for the last.</param>
    public WitnessRequest RequestCosignature(long oldSize, SignedNote? note = null)
    {
        SignedNote asked = note ?? _published.Note;
        long size = Log.Checkpoint.Parse(asked.Text).Size;
        RequireWithin(oldSize, size, nameof(oldSize));
        return new(oldSize, oldSize == size ? [] : Consistency(oldSize, size), asked);
    }

    /// <summary>Takes what a witness answered: a checkpoint of this log with his cosignature. Others than of witnesses we know are left out.</summary>
    /// <param name="note">The signed checkpoint.</param>
    /// <returns>How many were kept; when it is not 0, they are durable.</returns>
    /// <exception cref="FormatException">It is no signed checkpoint.</exception>
    /// <exception cref="LogException">It is not of this log, a cosignature of a known witness does not hold, or they could not be written.</exception>
    public int AcceptCosignatures(ReadOnlySpan<byte> note)
    {
        SignedNote cosigned = SignedNote.Parse(note);
        Checkpoint checkpoint = Log.Checkpoint.Parse(cosigned.Text);
        if (!IsOurs(checkpoint))
        {
            throw new LogException($"The checkpoint of size {checkpoint.Size} is not one of this log: a witness was shown another.");
        }

        List<NoteKey> witnesses = [.. _options.Witnesses.Where(witness => cosigned.Signatures.Any(signature => signature.IsOf(witness)))];
        NoteKey? forged = witnesses.Find(witness => !cosigned.IsSignedBy(witness));
        if (forged is not null || !cosigned.IsSignedBy(VerifierKey))
        {
            throw new LogException($"The signature of {(forged ?? VerifierKey).Name} on the checkpoint of size {checkpoint.Size} does not hold.");
        }

        if (witnesses.Count == 0)
        {
            return 0;
        }

        try
        {
            var log = new SignedNote(cosigned.Text, [cosigned.Signatures.First(signature => signature.IsOf(VerifierKey))]);
            _cosigned.Keep(checkpoint.Size, log, [.. witnesses.Select(witness => cosigned.Signatures.First(signature => signature.IsOf(witness)))]);
            return witnesses.Count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException("The cosignatures could not be written: " + exception.Message, exception);
        }
    }

    /// <summary>Writes what is queued, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>Appends entries side by side, next to each other and under one checkpoint. Where it fails, the first of them may be in the log,
    /// in their order; never one without those before it.</summary>
    /// <param name="entries">One at least, each as in <see cref="AppendAsync"/>; the list is not changed until they are answered.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is appended all the same.</param>
    /// <returns>The place of the first.</returns>
    /// <exception cref="ArgumentException">There is none, or the length of one.</exception>
    /// <exception cref="LogException">It could not be written, or nobody can say whether it was.</exception>
    internal async Task<long> AppendAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count);
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            LogAppend.RequireLength(entry);
        }

        return (await AskAsync(new(entries, null), cancellationToken).ConfigureAwait(false)).Index;
    }

    /// <summary>When the task completes, <see cref="Size"/> counts all that is in the log: also what was appended and said to have failed.</summary>
    /// <exception cref="LogException">The log cannot be written.</exception>
    internal Task SettleAsync(CancellationToken cancellationToken) => AskAsync(new([], null), cancellationToken);

    private static void RequireWithin(long value, long largest, string name)
    {
        if (value < 0 || value > largest)
        {
            throw new ArgumentOutOfRangeException(name, value, $"It must be 0 to {largest}.");
        }
    }

    private async Task<AppendedEntry> AskAsync(LogAppend append, CancellationToken cancellationToken)
    {
        try
        {
            await _requests.Writer.WriteAsync(append, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new ObjectDisposedException("The log is closed.", exception);
        }

        return await append.Answer.ConfigureAwait(false);
    }

    private bool IsOurs(Checkpoint checkpoint) =>
        checkpoint.Extension.Length == 0
        && checkpoint.Origin == _options.Origin
        && checkpoint.Size <= Size
        && _store.Files.Tiles.Root(checkpoint.Size) == checkpoint.Root;

    /// <summary>A copy of the log from before would sign a second tree for sizes that witnesses know.</summary>
    private void RequireWhatWitnessesSaw()
    {
        foreach (SignedNote note in _cosigned.All)
        {
            Checkpoint seen = Log.Checkpoint.Parse(note.Text);
            if (!IsOurs(seen))
            {
                throw new LogException(
                    $"Witnesses saw this log at size {seen.Size} with another content than is here, which ends at {Size}. "
                    + "Nothing is written: restore the newest copy.");
            }
        }
    }

    private ReadOnlyMemory<byte> ReadStored(long index)
    {
        int place = (int)(index % MerkleTiles.Width);
        return LogFiles.Split(_store.Files.ReadEntries(index / MerkleTiles.Width, place + 1))[place];
    }

    private void Serve()
    {
        List<LogAppend> batch = [];
        try
        {
            while (WaitForAppend())
            {
                batch.Clear();
                while (batch.Count < _options.BatchLimit && _requests.Reader.TryRead(out LogAppend? append))
                {
                    batch.Add(append);
                }

                Append(batch);
            }

            Close();
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            _requests.Writer.TryComplete();
            while (_requests.Reader.TryRead(out LogAppend? append))
            {
                batch.Add(append);
            }

            var failure = new LogException("The log has stopped: " + exception.Message, exception);
            batch.ForEach(append => append.Fail(failure));
            Close();
            _ended.SetException(exception);
        }
    }

    private bool WaitForAppend()
    {
        ValueTask<bool> waiting = _requests.Reader.WaitToReadAsync();
        return waiting.IsCompleted ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>All of a batch becomes durable under one checkpoint, and only then is anybody answered.</summary>
    private void Append(List<LogAppend> batch)
    {
        List<(LogAppend Append, AppendOutcome Outcome, long Index)> answers = [];
        try
        {
            if (_store.MustStart)
            {
                _store.Start();
            }

            List<ReadOnlyMemory<byte>> added = [];
            foreach (LogAppend append in batch)
            {
                long next = _store.Size + added.Count;
                long index = append.Index ?? next;
                if (index < 0 || index > next)
                {
                    append.Fail(new ArgumentException($"An entry for place {index} would leave a gap: the log has {next}."));
                }
                else if (index < next)
                {
                    ReadOnlyMemory<byte> standing = index < _store.Size ? ReadStored(index) : added[(int)(index - _store.Size)];
                    bool same = standing.Span.SequenceEqual(append.Entries[0].Span);
                    answers.Add((append, same ? AppendOutcome.AlreadyThere : AppendOutcome.Contradicted, index));
                }
                else
                {
                    added.AddRange(append.Entries);
                    answers.Add((append, AppendOutcome.Appended, index));
                }
            }

            if (added.Count > 0)
            {
                _store.Append(added);
            }
        }
        catch (Exception exception) when (exception is LogException or IOException)
        {
            batch.ForEach(append => append.Fail(exception as LogException ?? new LogException("The log could not be read: " + exception.Message, exception)));
            return;
        }

        _published = new(_store.Last, Log.Checkpoint.Parse(_store.Last.Text));
        answers.ForEach(answer => answer.Append.Complete(answer.Outcome, answer.Index));
    }

    private void Close()
    {
        _store.Dispose();
        _lock?.Dispose();
    }

    /// <summary>A durable checkpoint, as it was signed and as it is read.</summary>
    private sealed record PublishedCheckpoint(SignedNote Note, Checkpoint Checkpoint);
}
