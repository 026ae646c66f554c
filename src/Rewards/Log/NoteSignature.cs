using System.Buffers.Binary;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">Of the key.</param>
/// <param name="KeyId">Of the key; name and id together name it.</param>
/// <param name="Bytes">What follows the id: of Ed25519 64 bytes, of a cosignature 8 bytes of time before them.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes that one may have: room for kinds we do not know (ML-DSA-44 has 2,428).</summary>
    public const int LengthLimit = 8192;

    /// <summary>Of the year 9999.</summary>
    private const ulong LastSecond = 253_402_300_799;

    private const string Mark = "— ";

    /// <summary>When its witness says it cosigned; null where it is no cosignature, or says a time that no calendar has.</summary>
    public DateTimeOffset? CosignedAt =>
        Bytes.Length == sizeof(ulong) + Ed25519.SignatureLength && BinaryPrimitives.ReadUInt64BigEndian(Bytes.Span) is <= LastSecond and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <param name="line">Without its newline.</param>
    /// <exception cref="FormatException">It is no signature line.</exception>
    public static NoteSignature Parse(string line)
    {
        string[] parts = line.Split(' ');
        byte[] bytes = new byte[LengthLimit + sizeof(uint)];
        if (parts.Length != 3
            || !line.StartsWith(Mark, StringComparison.Ordinal)
            || !NoteKey.IsName(parts[1])
            || !Convert.TryFromBase64String(parts[2], bytes, out int length)
            || length <= sizeof(uint)
            || Convert.ToBase64String(bytes, 0, length) != parts[2])
        {
            throw new FormatException("A signature line is a dash (U+2014), a blank, a name, a blank, and base64 of the key's id and a signature.");
        }

        return new(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint), length - sizeof(uint)));
    }

    /// <summary>Does it claim to be by this key?</summary>
    public bool IsOf(NoteKey key) => Name == key.Name && KeyId == key.Id;

    /// <summary>The line, without its newline.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes.AsMemory(sizeof(uint)));
        return $"{Mark}{Name} {Convert.ToBase64String(bytes)}";
    }
}
