using System.Globalization;
using System.Text;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>What a log brings to a witness (C2SP tlog-witness, add-checkpoint): a checkpoint, and that it continues what the witness
/// cosigned last.</summary>
/// <param name="OldSize">Of the checkpoint that the witness cosigned last; 0 where there was none.</param>
/// <param name="Proof">Of consistency.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record WitnessRequest(long OldSize, IReadOnlyList<Hash256> Proof, SignedNote Note)
{
    /// <summary>Bytes that are read.</summary>
    public const int LengthLimit = SignedNote.LengthLimit + 4096;

    private const int ProofLimit = 63;

    /// <exception cref="FormatException">It is no such request.</exception>
    public static WitnessRequest Parse(ReadOnlySpan<byte> text)
    {
        int blank = text.IndexOf("\n\n"u8);
        if (text.Length > LengthLimit || blank < 0)
        {
            throw new FormatException($"A request has at most {LengthLimit} bytes, and a blank line before its checkpoint.");
        }

        string[] lines = Encoding.ASCII.GetString(text[..blank]).Split('\n', ProofLimit + 2);
        return lines.Length <= ProofLimit + 1
            && lines[0].StartsWith("old ", StringComparison.Ordinal)
            && long.TryParse(lines[0]["old ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && lines[0] == string.Create(CultureInfo.InvariantCulture, $"old {size}")
            ? new(size, [.. lines.Skip(1).Select(ReadHash)], SignedNote.Parse(text[(blank + 2)..]))
            : throw new FormatException($"A request begins with a line of old and a size, and has at most {ProofLimit} hashes.");
    }

    /// <summary>The checkpoint with what the witness answered: what <see cref="TransparencyLog.AcceptCosignatures"/> takes.</summary>
    /// <param name="signatures">Signature lines.</param>
    public byte[] With(ReadOnlySpan<byte> signatures) => [.. Encoding.UTF8.GetBytes(Note.ToString()), .. signatures];

    /// <summary>The request's body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (Hash256 hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }

    private static Hash256 ReadHash(string line)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        return Convert.TryFromBase64String(line, bytes, out int length) && length == bytes.Length && Convert.ToBase64String(bytes) == line
            ? new(bytes)
            : throw new FormatException("A request has a line that is no hash.");
    }
}
