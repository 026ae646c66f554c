using Rewards.Durability;

namespace Rewards.Log;

/// <summary>Checkpoints that witnesses cosigned, the newest few, kept in one file. Any thread may use it.</summary>
internal sealed class CosignedNotes
{
    /// <summary>Checkpoints that are kept; older ones are contained in newer ones.</summary>
    private const int Limit = 256;

    private const string Name = "cosigned";

    /// <summary>Room for <see cref="Limit"/> notes with cosignatures of 64 witnesses each.</summary>
    private const int FileLimit = Limit * 20_000;

    private readonly Lock _lock = new();
    private readonly IDurableFolder _folder;
    private SortedList<long, SignedNote> _notes;

    /// <exception cref="LogException">The file cannot be read.</exception>
    public CosignedNotes(IDurableFolder folder)
    {
        _folder = folder;
        try
        {
            _notes = new(NoteFile.Parse(folder.Read(Name, FileLimit) ?? []).ToDictionary(note => Checkpoint.Parse(note.Text).Size));
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new LogException($"The log's file {Name} cannot be read: {exception.Message} It was left as it is: restore it from a copy.", exception);
        }
    }

    /// <summary>The largest size that a witness vouched for; 0 where there is none.</summary>
    public long LargestSize => _notes is { Count: > 0 } notes ? notes.GetKeyAtIndex(notes.Count - 1) : 0;

    public IReadOnlyList<SignedNote> All => [.. _notes.Values];

    /// <summary>The cosigned checkpoint of a size; null where there is none.</summary>
    public SignedNote? At(long size) => _notes.GetValueOrDefault(size);

    /// <summary>The newest that covers an entry, and is not beyond a size; null where there is none.</summary>
    public SignedNote? Covering(long index, long size) =>
        _notes.LastOrDefault(note => note.Key > index && note.Key <= size).Value;

    /// <summary>Keeps cosignatures, durably once it returns. A witness' later word on the same checkpoint replaces his earlier one.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public void Keep(long size, SignedNote log, IReadOnlyList<NoteSignature> cosignatures)
    {
        lock (_lock)
        {
            var notes = new SortedList<long, SignedNote>(_notes);
            IEnumerable<NoteSignature> standing = notes.TryGetValue(size, out SignedNote? kept) ? kept.Signatures : log.Signatures;
            notes[size] = new(
                log.Text,
                [.. standing.Where(s => !cosignatures.Any(c => c.Name == s.Name && c.KeyId == s.KeyId)), .. cosignatures]);
            while (notes.Count > Limit)
            {
                notes.RemoveAt(0);
            }

            _folder.Replace(Name, NoteFile.Write(notes.Values));
            _notes = notes;
        }
    }
}
