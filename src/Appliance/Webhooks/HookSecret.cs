using System.Security.Cryptography;
using System.Text;

namespace Appliance.Webhooks;

/// <summary>Signatures by the Standard Webhooks specification, version 1, with a shared secret (github.com/standard-webhooks).</summary>
internal static class HookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>The specification wants 24 to 64.</summary>
    private const int Bytes = 32;

    public static string Make() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a file's secret is one.</summary>
    public static bool IsSound(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], new byte[Bytes], out int written) && written == Bytes;

    /// <summary>The header <c>webhook-signature</c>.</summary>
    /// <param name="secret">As <see cref="Make"/> made it.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">What is sent.</param>
    public static string Sign(string secret, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
