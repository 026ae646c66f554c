using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Appliance.Access.Links;

/// <summary>A playback address: one source until some time, signed. <c>/play/TOKEN/</c> stands for <c>/v1/sources/ID/</c>, so that whatever is listed
/// below it by relative addresses is below it too.</summary>
/// <remarks>The token is, in base64url without padding: version (1 byte), the source's id (10), the end in seconds since 1970 (8, big-endian), and
/// HMAC-SHA256 of those (32).</remarks>
/// <param name="Source">Its id.</param>
/// <param name="Ends">From when on it holds no longer.</param>
internal sealed record PlayLink(string Source, DateTimeOffset Ends)
{
    public const string Prefix = "/play/";

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private const byte Version = 1;
    private const int IdBytes = 10;
    private const int MessageBytes = 1 + IdBytes + sizeof(long);
    private const int TokenBytes = MessageBytes + HMACSHA256.HashSizeInBytes;

    /// <summary>No rest of bits is left over: each token has one form.</summary>
    private const int TokenLength = TokenBytes * 4 / 3;

    public string Token(LinkSecret secret)
    {
        byte[] message = [Version, .. Convert.FromHexString(Source), .. new byte[sizeof(long)]];
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(1 + IdBytes), Ends.ToUnixTimeSeconds());
        return Base64Url.EncodeToString([.. message, .. secret.Sign(message)]);
    }

    /// <returns>Null for what this box did not sign.</returns>
    public static PlayLink? Parse(ReadOnlySpan<char> token, LinkSecret secret)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];

        // The decoder passes over blanks, by which one token would have many forms, and throws at what is no letter of its.
        if (token.Length != TokenLength || token.ContainsAnyExcept(Letters) || !Base64Url.TryDecodeFromChars(token, bytes, out int written) || written != TokenBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> message = bytes[..MessageBytes];
        return CryptographicOperations.FixedTimeEquals(secret.Sign(message), bytes[MessageBytes..]) && message[0] == Version
            ? new(Convert.ToHexStringLower(message.Slice(1, IdBytes)), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(message[(1 + IdBytes)..])))
            : null;
    }
}
