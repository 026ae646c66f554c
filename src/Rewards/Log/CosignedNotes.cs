using System.Globalization;
using System.Text;
using Rewards.Durability;

namespace Rewards.Log;

/// <summary>Checkpoints that witnesses cosigned, the newest few, kept in one file: for each a line with its length in bytes, then
/// the note. Any thread may use it.</summary>
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
            _notes = Parse(folder.Read(Name, FileLimit) ?? []);
        }
        catch (Exception exception) when (exception is IOException or FormatException)
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

            _folder.Replace(Name, [.. notes.Values.SelectMany(Framed)]);
            _notes = notes;
        }
    }

    private static byte[] Framed(SignedNote note)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note.ToString());
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}\n")), .. bytes];
    }

    private static SortedList<long, SignedNote> Parse(ReadOnlySpan<byte> file)
    {
        SortedList<long, SignedNote> notes = [];
        while (!file.IsEmpty)
        {
            int end = file.IndexOf((byte)'\n');
            if (end < 0
                || !int.TryParse(file[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length > file.Length - end - 1)
            {
                throw new FormatException("It does not hold notes, each after its length.");
            }

            SignedNote note = SignedNote.Parse(file.Slice(end + 1, length));
            notes[Checkpoint.Parse(note.Text).Size] = note;
            file = file[(end + 1 + length)..];
        }

        return notes;
    }
}
