namespace Rewards.Signing;

/// <summary>A key gives its place to another: signed by the old one, which alone may say so, and by the new one, so that nobody
/// hands over to a key that he does not have.</summary>
/// <param name="Number">1, 2, 3 … over both kinds.</param>
/// <param name="Kind">Which key.</param>
/// <param name="OldKey">An address in 20 bytes, or an Ed25519 key in 32, hexadecimal after <c>0x</c>, lower case.</param>
/// <param name="NewKey">Likewise.</param>
/// <param name="At">Seconds since 1970.</param>
/// <param name="Previous">Digest of the hand-over before, 0 before the first, so that none can be left out.</param>
/// <param name="OldSignature">Over the digest: r‖s‖v of an address, 64 bytes of an Ed25519 key; hexadecimal.</param>
/// <param name="NewSignature">Likewise.</param>
public sealed record KeyHandover(
    ulong Number, KeyKind Kind, string OldKey, string NewKey, ulong At, string Previous, string OldSignature, string NewSignature)
{
    private static readonly Hash256 DomainTypeHash = TypedDataWriter.TypeHash("EIP712Domain(string name,string version)");

    private static readonly Hash256 TypeHash =
        TypedDataWriter.TypeHash("KeyHandover(string kind,bytes oldKey,bytes newKey,uint64 number,uint64 at,bytes32 previous)");

    /// <summary>What both sign: typed data (EIP-712) of the domain <c>Appliance Keys</c>, version 1, on no chain.</summary>
    /// <exception cref="FormatException">A key or the previous digest is not what it should be.</exception>
    public Hash256 Digest()
    {
        var domain = new TypedDataWriter(stackalloc byte[3 * Hash256.Length], DomainTypeHash);
        domain.Add("Appliance Keys");
        domain.Add("1");
        var writer = new TypedDataWriter(stackalloc byte[7 * Hash256.Length], TypeHash);
        writer.Add(Kind is KeyKind.Device ? "device" : "log");
        writer.AddBytes(KeyBytes(OldKey));
        writer.AddBytes(KeyBytes(NewKey));
        writer.Add(Number);
        writer.Add(At);
        writer.Add(Hash256.Parse(Previous));
        return TypedDataWriter.Digest(domain.Finish(), writer.Finish());
    }

    /// <summary>Did the owners of both keys sign?</summary>
    /// <exception cref="FormatException">A key or the previous digest is not what it should be.</exception>
    public bool IsSigned()
    {
        Hash256 digest = Digest();
        return IsSignedBy(OldKey, OldSignature, digest) && IsSignedBy(NewKey, NewSignature, digest);
    }

    private bool IsSignedBy(string key, string signature, Hash256 digest)
    {
        byte[] owner = KeyBytes(key);
        if (Kind is KeyKind.Device)
        {
            Span<byte> bytes = stackalloc byte[RecoverableSignature.Length];
            return Hexadecimal.TryRead(signature, bytes)
                && RecoverableSignature.TryRead(bytes, out RecoverableSignature? read)
                && read!.Signer(digest) == new EthereumAddress(owner);
        }

        Span<byte> plain = stackalloc byte[Ed25519.SignatureLength];
        return Hexadecimal.TryRead(signature, plain) && Ed25519.Verify(owner, digest.ToArray(), plain);
    }

    private byte[] KeyBytes(string key)
    {
        byte[] bytes = new byte[Kind is KeyKind.Device ? EthereumAddress.Length : Ed25519.KeyLength];
        return Hexadecimal.TryRead(key, bytes) && key == Hexadecimal.Write(bytes)
            ? bytes
            : throw new FormatException($"A {(Kind is KeyKind.Device ? "device" : "log")} key is 0x and {bytes.Length * 2} lower-case hexadecimal digits.");
    }
}
