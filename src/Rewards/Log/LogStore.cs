using System.Text;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>The log on disk, for its one writer. Not thread-safe, but for reading below the size of the last checkpoint.</summary>
/// <remarks>
/// The order of durability, and what a crash at each step leaves:
/// 1. entries are written and flushed: a tail that may be torn, and that no checkpoint speaks of;
/// 2. hashes are written and flushed: a whole tail that no checkpoint speaks of;
/// 3. only now a checkpoint is signed: there may be a signature that nobody saw, over entries that are all durable;
/// 4. the checkpoint is put in place of the last, durably: a tail that the old checkpoint does not speak of, or none;
/// 5. whoever waits is answered.
/// A start takes what is whole behind the last checkpoint (each entry's hash says so), and sends it through the same steps once
/// more: written over with the same bytes, flushed, signed, put in place. So every checkpoint that was ever signed, seen or not,
/// is a beginning of the tree, there are never two roots for one size, and nothing that was acknowledged is lost. An entry
/// that nobody was answered about may be in the log all the same: whoever brings it again names its index.
/// A step that fails is treated as a crash: nothing that memory says is believed, and the log is started anew from disk. Since the
/// tail is written again, a flush that failed and left pages that only look clean does no harm.
/// </remarks>
internal sealed class LogStore : IDisposable
{
    private const string CheckpointName = "checkpoint";

    /// <summary>What a log that ever signed something has.</summary>
    public static readonly string[] FileNames = [CheckpointName, LogFiles.EntriesName];

    /// <summary>Entries at a log's end that are compared with their hashes when it is opened: a tile's.</summary>
    private const int VerifiedEntries = MerkleTiles.Width;

    private readonly IDurableFolder _folder;
    private readonly LogFiles _files;
    private readonly LogKey _key;
    private readonly NoteKey _verifier;
    private readonly IReadOnlyList<NoteKey> _earlier;
    private MerkleFrontier _frontier = new();
    private long _end;

    /// <summary>Opens a log, or begins one where there is nothing.</summary>
    /// <param name="folder">Its folder, which nobody else writes to.</param>
    /// <param name="origin">Its name.</param>
    /// <param name="key">Signs.</param>
    /// <param name="earlier">Keys that signed before a hand-over.</param>
    /// <exception cref="LogException">It is damaged, another's, or cannot be written. What is there was left as it is.</exception>
    public LogStore(IDurableFolder folder, string origin, LogKey key, IReadOnlyList<NoteKey> earlier)
    {
        _folder = folder;
        _key = key;
        _earlier = earlier;
        _verifier = new NoteKey(origin, NoteKey.PlainType, key.PublicKey);
        try
        {
            _files = new LogFiles(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException("The log cannot be opened: " + exception.Message, exception);
        }

        try
        {
            Start();
        }
        catch
        {
            _files.Dispose();
            throw;
        }
    }

    /// <summary>The last checkpoint that is durable, as it was signed.</summary>
    public SignedNote Last { get; private set; } = new("", []);

    public LogFiles Files => _files;

    /// <summary>Entries, of which the last may not be under a durable checkpoint only while one of these methods runs.</summary>
    public long Size => _frontier.Size;

    /// <summary>Must <see cref="Start"/> be called before anything else is written?</summary>
    public bool MustStart { get; private set; } = true;

    /// <summary>Adds entries: once it returns they are durable, and under a durable checkpoint.</summary>
    /// <param name="entries">1 to 65,535 bytes each.</param>
    /// <exception cref="LogException">It failed: they may be in the log or not, and <see cref="Start"/> finds out which.</exception>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (MustStart)
        {
            throw new InvalidOperationException("The log has to be started anew.");
        }

        Commit([.. entries.Select(entry => (entry, MerkleHash.Leaf(entry.Span)))], isStart: false);
    }

    /// <summary>Believes the disk, and nothing else; then takes what is whole behind the last checkpoint.</summary>
    /// <exception cref="LogException">The log is damaged, another's, or cannot be written.</exception>
    public void Start()
    {
        MustStart = true;
        try
        {
            long size = 0;
            _end = 0;
            if (_folder.Read(CheckpointName, SignedNote.LengthLimit) is { } bytes)
            {
                Checkpoint checkpoint = ReadCheckpoint(bytes);
                size = checkpoint.Size;
                Verify(checkpoint);
                _end = _files.EndOf(size);
            }
            else if (!_files.IsEmpty)
            {
                throw new LogException("The log has entries but its checkpoint is missing. Nothing was signed: restore the file checkpoint from a copy.");
            }

            _frontier = _files.Tiles.Frontier(size);
            Commit(_files.WholeTail(size, _end), isStart: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException("The log cannot be read: " + exception.Message, exception);
        }
    }

    public void Dispose() => _files.Dispose();

    private void Commit(List<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> added, bool isStart)
    {
        MustStart = true;
        try
        {
            _end = _files.Write(_frontier.Size, _end, added, all: isStart);
            added.ForEach(entry => _frontier.Add(entry.Leaf));
            SignedNote note = Sign(new Checkpoint(_verifier.Name, _frontier.Size, _frontier.Root()));
            _folder.Replace(CheckpointName, Encoding.UTF8.GetBytes(note.ToString()));
            Last = note;
            MustStart = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException("The log could not be written: " + exception.Message, exception);
        }
    }

    private SignedNote Sign(Checkpoint checkpoint) => new(checkpoint.Body, [_verifier.Sign(_key, checkpoint.Body)]);

    private Checkpoint ReadCheckpoint(byte[] bytes)
    {
        try
        {
            SignedNote note = SignedNote.Parse(bytes);
            Checkpoint checkpoint = Checkpoint.Parse(note.Text);
            return checkpoint.Origin != _verifier.Name
                ? throw new LogException($"The log is that of {checkpoint.Origin}, not of {_verifier.Name}. It was left as it is.")
                : _earlier.Append(_verifier).Any(note.IsSignedBy)
                ? checkpoint
                : throw new LogException("The log's checkpoint is not signed by this box's key. It was left as it is: restore the key, or the log.");
        }
        catch (FormatException exception)
        {
            throw new LogException("The log's checkpoint cannot be read: " + exception.Message + " It was left as it is: restore it from a copy.", exception);
        }
    }

    /// <summary>That the hashes give the root that was signed, and the last entries these hashes.</summary>
    private void Verify(Checkpoint checkpoint)
    {
        if (_files.Tiles.Root(checkpoint.Size) != checkpoint.Root)
        {
            throw new LogException($"The log's hashes do not give the root it signed at size {checkpoint.Size}. It was left as it is: restore it from a copy.");
        }

        if (checkpoint.Size == 0)
        {
            return;
        }

        long tile = (checkpoint.Size - 1) / VerifiedEntries;
        int width = (int)(checkpoint.Size - (tile * VerifiedEntries));
        Hash256[] hashes = new Hash256[width];
        _files.ReadHashes(0, tile * VerifiedEntries, hashes);
        List<ReadOnlyMemory<byte>> entries = LogFiles.Split(_files.ReadEntries(tile, width));
        for (int i = 0; i < width; i++)
        {
            if (MerkleHash.Leaf(entries[i].Span) != hashes[i])
            {
                throw new LogException($"Entry {(tile * VerifiedEntries) + i} of the log is not what was signed. It was left as it is: restore it from a copy.");
            }
        }
    }
}
