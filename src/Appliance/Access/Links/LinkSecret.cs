using System.Security.Cryptography;
using Appliance.Startup;

namespace Appliance.Access.Links;

/// <summary>What playback addresses are signed with. A new one ends all that were given out.</summary>
internal sealed class LinkSecret
{
    private const int Bytes = 32;

    private readonly KeptFile file;
    private byte[] secret;

    /// <exception cref="UsageException">It cannot be read, or made.</exception>
    public LinkSecret(AccessFolder folder)
    {
        file = folder.LinkSecret;
        try
        {
            secret = file.Read() ?? Make();
            if (secret.Length != Bytes)
            {
                throw new IOException("It is damaged.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file.Path}, which playback addresses are signed with, cannot be used: {exception.Message} Removed, another is made, and the addresses given out end.");
        }
    }

    /// <summary>HMAC-SHA256 of a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(Volatile.Read(ref secret), message);

    /// <exception cref="IOException">The new one cannot be kept; the old one holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Replace() => Volatile.Write(ref secret, Make());

    private byte[] Make()
    {
        byte[] made = RandomNumberGenerator.GetBytes(Bytes);
        file.Write(made);
        return made;
    }
}
