using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Who may sign a note (C2SP signed-note): a log, or a witness.</summary>
public sealed class NoteKey
{
    /// <summary>Signature type of Ed25519 over the note's text: a log's.</summary>
    public const byte PlainType = 0x01;

    /// <summary>Signature type of a witness' timestamped cosignature (C2SP tlog-cosignature).</summary>
    public const byte CosignatureType = 0x04;

    /// <summary>Characters that a name may have.</summary>
    public const int NameLimit = 255;

    private readonly byte[] _publicKey;

    /// <param name="name">Without blanks and plus signs, 1 to <see cref="NameLimit"/> characters.</param>
    /// <param name="type"><see cref="PlainType"/> or <see cref="CosignatureType"/>.</param>
    /// <param name="publicKey">Ed25519, 32 bytes.</param>
    /// <exception cref="FormatException">One of these is not as it must be.</exception>
    public NoteKey(string name, byte type, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name))
        {
            throw new FormatException($"A key's name has 1 to {NameLimit} characters, none of them a blank, a control or a plus sign.");
        }

        if (type is not (PlainType or CosignatureType) || publicKey.Length != Ed25519.KeyLength)
        {
            throw new FormatException("Only Ed25519 keys of 32 bytes are known, of logs (type 1) and of witnesses (type 4).");
        }

        Name = name;
        Type = type;
        _publicKey = publicKey.ToArray();
        byte[] identified = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey];
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(identified));
    }

    public string Name { get; }

    public byte Type { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key).</summary>
    public uint Id { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <param name="text">A line <c>name+hex(id)+base64(type ‖ key)</c>.</param>
    /// <exception cref="FormatException">It is something else, or the id is not the key's.</exception>
    public static NoteKey Parse(string text)
    {
        string[] parts = text.Split('+', 3);
        Span<byte> key = stackalloc byte[1 + Ed25519.KeyLength];
        if (text.Length > NameLimit + 64 || parts.Length != 3 || !Convert.TryFromBase64String(parts[2], key, out int length) || length != key.Length)
        {
            throw new FormatException("A verifier key is one line: name+hex(id)+base64(type and key).");
        }

        var read = new NoteKey(parts[0], key[0], key[1..]);
        return read.ToString() == text ? read : throw new FormatException($"The verifier key of {parts[0]} has the id {parts[1]}, which is not that of its key.");
    }

    /// <summary>Is <paramref name="signature"/> this key's over a note's text?</summary>
    public bool Signed(string noteText, NoteSignature signature)
    {
        ReadOnlySpan<byte> bytes = signature.Bytes.Span;
        if (Type == PlainType)
        {
            return Ed25519.Verify(_publicKey, Encoding.UTF8.GetBytes(noteText), bytes);
        }

        return bytes.Length == sizeof(ulong) + Ed25519.SignatureLength
            && BinaryPrimitives.ReadUInt64BigEndian(bytes) is <= long.MaxValue and var time
            && Ed25519.Verify(_publicKey, CosignedMessage(time, noteText), bytes[sizeof(ulong)..]);
    }

    /// <summary>Signs a note's text.</summary>
    /// <param name="key">Whose public half this is.</param>
    /// <param name="noteText">With its last newline.</param>
    /// <param name="time">Seconds since 1970: said in a cosignature, and in no other.</param>
    public NoteSignature Sign(LogKey key, string noteText, ulong time = 0)
    {
        if (Type == PlainType)
        {
            return new(Name, Id, key.Sign(Encoding.UTF8.GetBytes(noteText)));
        }

        byte[] bytes = new byte[sizeof(ulong) + Ed25519.SignatureLength];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, time);
        key.Sign(CosignedMessage(time, noteText)).CopyTo(bytes.AsSpan(sizeof(ulong)));
        return new(Name, Id, bytes);
    }

    /// <summary>The line that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Type, .. _publicKey])}";

    internal static bool IsName(string name) =>
        name.Length is >= 1 and <= NameLimit && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    private static byte[] CosignedMessage(ulong time, string noteText) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{noteText}"));
}
