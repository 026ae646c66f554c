using System.Globalization;
using System.Text;

namespace Rewards.Log;

/// <summary>Notes in a file: for each a line with its length in bytes, then the note.</summary>
internal static class NoteFile
{
    public static byte[] Write(IEnumerable<SignedNote> notes) => [.. notes.SelectMany(Framed)];

    /// <exception cref="FormatException">It holds something else.</exception>
    public static List<SignedNote> Parse(ReadOnlySpan<byte> file)
    {
        List<SignedNote> notes = [];
        while (!file.IsEmpty)
        {
            int end = file.IndexOf((byte)'\n');
            if (end < 0
                || !int.TryParse(file[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length > file.Length - end - 1)
            {
                throw new FormatException("It does not hold notes, each after its length.");
            }

            notes.Add(SignedNote.Parse(file.Slice(end + 1, length)));
            file = file[(end + 1 + length)..];
        }

        return notes;
    }

    private static byte[] Framed(SignedNote note)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note.ToString());
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}\n")), .. bytes];
    }
}
