using System.Security.Cryptography;
using System.Text;
using Rewards.Durability;
using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>A secret key in a file: a line that says what it is, a line of 64 hexadecimal digits.</summary>
internal static class KeyFile
{
    private const int SecretLength = 32;

    /// <summary>Longer is no key of ours.</summary>
    private const int LengthLimit = 256;

    /// <summary>The secret; null where there is no file.</summary>
    /// <exception cref="KeyException">The file is somebody else's, open to others, a link, or holds something else.</exception>
    public static byte[]? Read(DiskFolder folder, string path, KeyKind kind)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            RequireOwnerOnly(path, "0600");
            byte[] text = folder.Read(Path.GetFileName(path), LengthLimit)!;
            try
            {
                return Parse(text, kind) ?? throw new KeyException(
                    $"{path} does not hold a {Heading(kind)}. It was left as it is: restore it from a copy.");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The key {path} cannot be read: {exception.Message} It was left as it is.", exception);
        }
    }

    /// <summary>Durable once it returns.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Write(DiskFolder folder, string name, KeyKind kind, byte[] secret)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(Heading(kind)), (byte)'\n', .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), (byte)'\n'];
        folder.Replace(name, text);
        CryptographicOperations.ZeroMemory(text);
    }

    /// <summary>That a file or folder is this user's, and nobody else's to touch.</summary>
    /// <param name="path">Of something that is there.</param>
    /// <param name="mode">What it should have, for the message.</param>
    /// <exception cref="KeyException">It is not.</exception>
    public static void RequireOwnerOnly(string path, string mode)
    {
        FileOwner owner = FileOwner.Of(path);
        string? fault =
            owner.IsLink ? "it is a link; give the place itself"
            : owner.User != FileOwner.Self ? $"it belongs to user {owner.User}, and this process is user {FileOwner.Self}; if it is rightly yours, change its owner"
            : (owner.Permissions & 0x3F) != 0 ? $"others may touch it (mode 0{Convert.ToString(owner.Permissions, 8)}); if nobody has, chmod {mode} it"
            : null;
        if (fault is not null)
        {
            throw new KeyException($"The key {path} is refused: {fault}. It was left as it is.");
        }
    }

    private static string Heading(KeyKind kind) => kind is KeyKind.Device ? "appliance device key v1 (secp256k1)" : "appliance log key v1 (Ed25519)";

    private static byte[]? Parse(ReadOnlySpan<byte> text, KeyKind kind)
    {
        byte[] heading = Encoding.ASCII.GetBytes(Heading(kind) + "\n");
        if (text.Length != heading.Length + (2 * SecretLength) + 1 || !text.StartsWith(heading) || text[^1] != (byte)'\n')
        {
            return null;
        }

        byte[] secret = new byte[SecretLength];
        return Hexadecimal.TryRead(Encoding.ASCII.GetString(text[heading.Length..^1]), secret) ? secret : null;
    }
}
