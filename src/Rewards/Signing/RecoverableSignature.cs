using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>An ECDSA signature on secp256k1 that names its signer: r‖s‖v in 65 bytes, v 27 or 28, and s in the lower half of
/// the group, so that nobody can make a second signature out of one (EIP-2).</summary>
public sealed class RecoverableSignature : IEquatable<RecoverableSignature>
{
    /// <summary>Bytes of one.</summary>
    public const int Length = 65;

    private const int ScalarLength = 32;

    private const byte FirstV = 27;

    /// <summary>Half of the group's order, rounded down: the largest s that is low.</summary>
    private static readonly byte[] HalfOrder = Convert.FromHexString("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0");

    private readonly byte[] _bytes;

    private RecoverableSignature(byte[] bytes) => _bytes = bytes;

    /// <param name="bytes">r‖s‖v.</param>
    /// <param name="signature">The signature, where it is of the right form; whose it is only <see cref="Signer"/> tells.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecoverableSignature? signature)
    {
        bool sound = bytes.Length == Length
            && bytes[^1] is FirstV or FirstV + 1
            && bytes.Slice(ScalarLength, ScalarLength).SequenceCompareTo(HalfOrder) <= 0;
        signature = sound ? new(bytes.ToArray()) : null;
        return sound;
    }

    /// <param name="text">130 hexadecimal digits, with or without <c>0x</c>.</param>
    /// <exception cref="FormatException">It is something else, v is neither 27 nor 28, or s is high.</exception>
    public static RecoverableSignature Parse(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return Hexadecimal.TryRead(text, bytes) && TryRead(bytes, out RecoverableSignature? signature)
            ? signature!
            : throw new FormatException("A signature is 130 hexadecimal digits: r, a low s, and v, which is 27 or 28.");
    }

    /// <summary>Who signed <paramref name="digest"/>; null where nobody can have.</summary>
    public EthereumAddress? Signer(Hash256 digest)
    {
        Span<byte> message = stackalloc byte[Hash256.Length];
        digest.CopyTo(message);
        return Secp256k1Signing.Recover(message, _bytes.AsSpan(0, Length - 1), _bytes[^1] - FirstV);
    }

    public byte[] ToArray() => [.. _bytes];

    public bool Equals(RecoverableSignature? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as RecoverableSignature);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary><c>0x</c> and 130 lower-case digits.</summary>
    public override string ToString() => Hexadecimal.Write(_bytes);

    /// <param name="compact">r‖s as the library gives it: s is low.</param>
    /// <param name="recoveryId">0 or 1.</param>
    internal static RecoverableSignature Of(ReadOnlySpan<byte> compact, int recoveryId) => new([.. compact, (byte)(FirstV + recoveryId)]);
}
