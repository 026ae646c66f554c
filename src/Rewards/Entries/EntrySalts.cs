using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Entries;

/// <summary>Salts of the log's entries, one each, from one secret in a file (mode 0600): without an entry's salt nobody can try out whether it
/// is about a film he has. With it, and the record, anybody can see that the entry is about that.</summary>
public sealed class EntrySalts : IDisposable
{
    private const string FileName = "salts.key";
    private const string Heading = "appliance entry salts v1\n";
    private const int SecretLength = 32;

    private readonly byte[] _secret;

    private EntrySalts(byte[] secret) => _secret = secret;

    /// <summary>Opens the secret, or makes it where no entry was ever salted.</summary>
    /// <param name="path">The folder of the box's keys; it must exist.</param>
    /// <param name="saltedBefore">Whether the log has entries: then a secret that is not there is lost, and not replaced.</param>
    /// <exception cref="KeyException">It is lost, somebody else's, open to others, or holds something else.</exception>
    public static EntrySalts Open(string path, bool saltedBefore)
    {
        string file = Path.Combine(path, FileName);
        try
        {
            var folder = new DiskFolder(path);
            if (!File.Exists(file))
            {
                if (saltedBefore)
                {
                    throw new KeyException($"{file} is missing, but entries were salted with it: restore it from a copy. Nothing was made in its place.");
                }

                byte[] made = RandomNumberGenerator.GetBytes(SecretLength);
                folder.Replace(FileName, Encoding.ASCII.GetBytes(Heading + Convert.ToHexStringLower(made) + "\n"));
                return new(made);
            }

            KeyFile.RequireOwnerOnly(file, "0600");
            string text = Encoding.ASCII.GetString(folder.Read(FileName, 2 * (Heading.Length + (2 * SecretLength)))!);
            byte[] secret = new byte[SecretLength];
            return text.StartsWith(Heading, StringComparison.Ordinal) && text.EndsWith('\n') && Hexadecimal.TryRead(text.AsSpan(Heading.Length, text.Length - Heading.Length - 1), secret)
                ? new(secret)
                : throw new KeyException($"{file} does not hold the salts' secret. It was left as it is: restore it from a copy.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"{file} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>An entry's salt: HMAC-SHA256 of its number (u64, big-endian), 32 bytes.</summary>
    /// <param name="sequence">Of the record, from 1.</param>
    public byte[] Of(long sequence)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        return HMACSHA256.HashData(_secret, number);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}
