using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Access;

/// <summary>The one secret of the box: 256 random bits, shown once, of which only the SHA-256 is kept. A slow hash would
/// add nothing, since there is nothing to guess.</summary>
internal sealed class OwnerToken
{
    private const int TokenBytes = 32;

    private readonly byte[] _hash;

    private OwnerToken(byte[] hash, string? fresh)
    {
        _hash = hash;
        Fresh = fresh;
    }

    /// <summary>The token itself, at the start that made it; null ever after.</summary>
    public string? Fresh { get; }

    /// <summary>Reads the kept hash, or makes a token where there is none or a new one is wanted.</summary>
    /// <exception cref="UsageException">The hash cannot be read or written, or is damaged. A damaged one is never replaced
    /// unasked: that would lock out the owner without a word.</exception>
    public static OwnerToken LoadOrCreate(DataFolder data, bool replace)
    {
        try
        {
            if (!replace && File.Exists(data.OwnerToken))
            {
                byte[] kept = Convert.FromHexString(File.ReadAllText(data.OwnerToken).Trim());
                return kept.Length == SHA256.HashSizeInBytes ? new(kept, fresh: null) : throw new FormatException();
            }

            string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            byte[] hash = HashOf(token);
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash) + "\n");
            DurableFile.Write(data.OwnerToken, [text], UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new(hash, token);
        }
        catch (FormatException)
        {
            throw new UsageException($"{data.OwnerToken} is damaged: start once with --new-token to make another token.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The owner's token cannot be kept in {data.Path}: {exception.Message}");
        }
    }

    /// <summary>Whether <paramref name="authorization"/> is <c>Bearer</c> and the token (RFC 6750, 2.1).</summary>
    public bool Admits(string? authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is not null
            && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(HashOf(authorization[Scheme.Length..].Trim()), _hash);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
