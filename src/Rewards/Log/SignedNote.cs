using System.Text;

namespace Rewards.Log;

/// <summary>A text with the signatures under it (C2SP signed-note).</summary>
/// <param name="Text">With its last newline; what is signed.</param>
/// <param name="Signatures">At least one; those of keys we do not know too.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Bytes that are read.</summary>
    public const int LengthLimit = 1 << 17;

    /// <summary>Signatures that are read; the format asks for room for 16.</summary>
    public const int SignatureLimit = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">It is no signed note, or longer than is read. Whether it is rightly signed,
    /// <see cref="IsSignedBy"/> tells.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LengthLimit)
        {
            throw new FormatException($"A note has at most {LengthLimit} bytes; this has {bytes.Length}.");
        }

        string note;
        try
        {
            note = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("A note is UTF-8; this is not.", exception);
        }

        int blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || note[^1] != '\n' || note.Any(c => c < ' ' && c != '\n'))
        {
            throw new FormatException("A note is text without control characters, a blank line, and signature lines, each with its newline.");
        }

        string[] lines = note[(blank + 2)..].Split('\n', SignatureLimit + 2);
        return lines.Length is < 2 or > SignatureLimit + 1
            ? throw new FormatException($"A note has 1 to {SignatureLimit} signature lines.")
            : new(note[..(blank + 1)], [.. lines.SkipLast(1).Select(NoteSignature.Parse)]);
    }

    /// <summary>Is there a signature by this key, and does it hold? One that does not hold spoils the note, whatever others do.</summary>
    public bool IsSignedBy(NoteKey key)
    {
        List<NoteSignature> own = [.. Signatures.Where(signature => signature.IsOf(key))];
        return own.Count > 0 && own.All(signature => key.Signed(Text, signature));
    }

    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(signature => signature + "\n"));
}
