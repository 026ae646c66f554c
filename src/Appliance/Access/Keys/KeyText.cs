using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Appliance.Access.Keys;

/// <summary>A key as an app has it: <c>ak_ID_SECRET</c>, with 256 random bits in the secret.</summary>
internal static class KeyText
{
    /// <summary>The id of the one token that earlier versions had, which goes on as a key.</summary>
    public const string EarlierId = "earlier";

    private const string Prefix = "ak_";
    private const string IdLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 8;
    private const int SecretBytes = 32;

    /// <summary>Characters; what is longer is no key.</summary>
    private const int Longest = 128;

    public static (string Id, string Text) Make()
    {
        string id = RandomNumberGenerator.GetString(IdLetters, IdLength);
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <returns>Null for what is no key.</returns>
    public static string? IdOf(string text) =>
        text.Length > Longest ? null
        : !text.StartsWith(Prefix, StringComparison.Ordinal) ? EarlierId
        : text.Length > Prefix.Length + IdLength && text[Prefix.Length + IdLength] == '_' ? text.Substring(Prefix.Length, IdLength)
        : null;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
