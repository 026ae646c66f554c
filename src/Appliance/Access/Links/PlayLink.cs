using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Appliance.Access.Links;

/// <summary>A playback address: one source until some time, signed. <c>/play/TOKEN/</c> stands for <c>/v1/sources/ID/</c>, so that whatever is listed
/// below it by relative addresses is below it too.</summary>
/// <remarks>The token is, in base64url without padding: version (1 byte), the source's id (10), the end in seconds since 1970 (8, big-endian), what else there is, and
/// HMAC-SHA256 of those (32). Version 1 has nothing else. Version 2 has the pathways: their number (1), for each the length of its id (1), the id, the length of its base (2,
/// big-endian) and the base; then the number of renditions (1), and for each the length of its name (1) and the name.</remarks>
/// <param name="Source">Its id.</param>
/// <param name="Ends">From when on it holds no longer.</param>
internal sealed record PlayLink(string Source, DateTimeOffset Ends)
{
    public const string Prefix = "/play/";

    /// <summary>Rungs that may be named.</summary>
    public const int MostRenditions = 16;

    /// <summary>Characters of a rung's name.</summary>
    public const int LongestRendition = 32;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private const byte Plain = 1;
    private const byte Steered = 2;
    private const int IdBytes = 10;
    private const int HeadBytes = 1 + IdBytes + sizeof(long);
    private const int PathwayBytes = 1 + Pathway.LongestId + sizeof(ushort) + Pathway.LongestBase;
    private const int MostBytes = HeadBytes + 1 + (Pathway.Most * PathwayBytes) + 1 + (MostRenditions * (1 + LongestRendition)) + HMACSHA256.HashSizeInBytes;

    /// <summary>Where the same files are beside this box; none where players are not steered.</summary>
    public IReadOnlyList<Pathway> Pathways { get; init; } = [];

    /// <summary>Names of the rungs that are there; null for all that are encoded.</summary>
    public IReadOnlyList<string>? Renditions { get; init; }

    public string Token(LinkSecret secret)
    {
        using var message = new MemoryStream(MostBytes);
        message.WriteByte(Pathways.Count == 0 ? Plain : Steered);
        message.Write(Convert.FromHexString(Source));
        Span<byte> ends = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(ends, Ends.ToUnixTimeSeconds());
        message.Write(ends);
        if (Pathways.Count > 0)
        {
            WritePathways(message);
        }

        byte[] bytes = message.ToArray();
        return Base64Url.EncodeToString([.. bytes, .. secret.Sign(bytes)]);
    }

    /// <returns>Null for what this box did not sign.</returns>
    public static PlayLink? Parse(ReadOnlySpan<char> token, LinkSecret secret)
    {
        byte[] bytes = new byte[MostBytes];

        // The decoder passes over blanks, and may over bits that are left, by which one token would have many forms.
        if (token.Length > Base64Url.GetEncodedLength(MostBytes)
            || token.ContainsAnyExcept(Letters)
            || Base64Url.DecodeFromChars(token, bytes, out _, out int written) != OperationStatus.Done
            || written < HeadBytes + HMACSHA256.HashSizeInBytes
            || !token.SequenceEqual(Base64Url.EncodeToString(bytes.AsSpan(0, written))))
        {
            return null;
        }

        ReadOnlySpan<byte> message = bytes.AsSpan(0, written - HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(secret.Sign(message), bytes.AsSpan(message.Length, HMACSHA256.HashSizeInBytes)))
        {
            return null;
        }

        var link = new PlayLink(Convert.ToHexStringLower(message.Slice(1, IdBytes)), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(message[(1 + IdBytes)..])));
        return message[0] switch
        {
            Plain when message.Length == HeadBytes => link,
            Steered => link.WithPathways(message[HeadBytes..]),
            _ => null,
        };
    }

    private static string Take(ref ReadOnlySpan<byte> rest, int length)
    {
        string text = Encoding.ASCII.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    private static int TakeByte(ref ReadOnlySpan<byte> rest)
    {
        int value = rest[0];
        rest = rest[1..];
        return value;
    }

    private void WritePathways(MemoryStream message)
    {
        message.WriteByte((byte)Pathways.Count);
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach ((string? id, string? folder) in Pathways)
        {
            message.WriteByte((byte)id!.Length);
            message.Write(Encoding.ASCII.GetBytes(id));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)folder!.Length);
            message.Write(length);
            message.Write(Encoding.ASCII.GetBytes(folder));
        }

        message.WriteByte((byte)(Renditions?.Count ?? 0));
        foreach (string name in Renditions ?? [])
        {
            message.WriteByte((byte)name.Length);
            message.Write(Encoding.ASCII.GetBytes(name));
        }
    }

    /// <summary>What is read here was signed, so that it is as it was written.</summary>
    private PlayLink WithPathways(ReadOnlySpan<byte> rest)
    {
        var pathways = new Pathway[TakeByte(ref rest)];
        for (int i = 0; i < pathways.Length; i++)
        {
            string id = Take(ref rest, TakeByte(ref rest));
            int length = (TakeByte(ref rest) << 8) | TakeByte(ref rest);
            pathways[i] = new(id, Take(ref rest, length));
        }

        var renditions = new string[TakeByte(ref rest)];
        for (int i = 0; i < renditions.Length; i++)
        {
            renditions[i] = Take(ref rest, TakeByte(ref rest));
        }

        return this with { Pathways = pathways, Renditions = renditions.Length == 0 ? null : renditions };
    }
}
