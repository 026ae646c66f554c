using System.Globalization;
using System.Text;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>One text that shows, without the log, that an entry is in it (C2SP tlog-proof).</summary>
/// <param name="Index">Of the entry.</param>
/// <param name="Proof">Inclusion, from the leaf's sibling up.</param>
/// <param name="Note">The signed checkpoint, with the witnesses' cosignatures.</param>
/// <param name="Extra">What the file's maker wished to say; nobody vouches for it. Up to <see cref="ExtraLimit"/> bytes.</param>
public sealed record ProofBundle(long Index, IReadOnlyList<Hash256> Proof, SignedNote Note, ReadOnlyMemory<byte> Extra)
{
    public const string Heading = "c2sp.org/tlog-proof@v1";

    public const int ExtraLimit = 1 << 16;

    /// <summary>As a tree of 2^63 leaves has.</summary>
    private const int ProofLimit = 63;

    private const int LengthLimit = SignedNote.LengthLimit + (ExtraLimit * 2);

    /// <exception cref="FormatException">It is no such text. Whether it proves anything, <see cref="Fault"/> tells.</exception>
    public static ProofBundle Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length > LengthLimit)
        {
            throw new FormatException($"A proof has at most {LengthLimit} bytes; this has {text.Length}.");
        }

        int blank = text.IndexOf("\n\n"u8);
        if (blank < 0)
        {
            throw new FormatException("A proof has a blank line before its checkpoint.");
        }

        Queue<string> lines = new(Encoding.ASCII.GetString(text[..blank]).Split('\n', ProofLimit + 4));
        if (!lines.TryDequeue(out string? heading) || heading != Heading)
        {
            throw new FormatException($"A proof begins with the line {Heading}.");
        }

        byte[] extra = lines.TryPeek(out string? line) && line.StartsWith("extra ", StringComparison.Ordinal)
            ? Base64(lines.Dequeue()["extra ".Length..], ExtraLimit)
            : [];
        if (!lines.TryDequeue(out string? index)
            || !index.StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(index["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            || index != string.Create(CultureInfo.InvariantCulture, $"index {number}"))
        {
            throw new FormatException("A proof has a line with index and a number.");
        }

        return lines.Count > ProofLimit
            ? throw new FormatException($"A proof has at most {ProofLimit} hashes.")
            : new(number, [.. lines.Select(ReadHash)], SignedNote.Parse(text[(blank + 2)..]), extra);
    }

    /// <summary>What first does not hold, for people; null where the log's owner did say that the entry is in it.</summary>
    /// <param name="entry">Its bytes.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="witnesses">Whom the asker trusts.</param>
    /// <param name="quorum">How many of them must have cosigned.</param>
    public string? Fault(ReadOnlySpan<byte> entry, NoteKey log, IReadOnlyList<NoteKey> witnesses, int quorum)
    {
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(Note.Text);
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }

        int cosigned = witnesses.Count(Note.IsSignedBy);
        return !Note.IsSignedBy(log) ? $"The checkpoint is not signed by {log.Name}."
            : checkpoint.Origin != log.Name ? $"The checkpoint is of {checkpoint.Origin}, not of {log.Name}."
            : cosigned < quorum ? $"The checkpoint is cosigned by {cosigned} of the witnesses, not by {quorum}."
            : !MerkleProof.Includes(MerkleHash.Leaf(entry), Index, checkpoint.Size, Proof, checkpoint.Root)
                ? $"The entry is not number {Index} of the log at size {checkpoint.Size}."
            : null;
    }

    /// <summary>The file's content.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Heading).Append('\n');
        if (!Extra.IsEmpty)
        {
            text.Append("extra ").Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (Hash256 hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }

    private static byte[] Base64(string text, int limit)
    {
        byte[] bytes = new byte[limit];
        return Convert.TryFromBase64String(text, bytes, out int length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw new FormatException($"A proof has base64 of at most {limit} bytes where it has none, or more.");
    }

    private static Hash256 ReadHash(string line) => Base64(line, Hash256.Length) is { Length: Hash256.Length } bytes
        ? new(bytes)
        : throw new FormatException("A proof has a line that is no hash.");
}
