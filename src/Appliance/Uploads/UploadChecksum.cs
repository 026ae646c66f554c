using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Appliance.Uploads;

/// <summary>The header <c>Upload-Checksum</c>.</summary>
internal sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Value)
{
    /// <summary>As tus names them.</summary>
    public const string Algorithms = "sha1,sha256";

    /// <param name="header">As <c>sha256 BASE64</c>.</param>
    /// <param name="checksum">What it says.</param>
    public static bool TryParse(string header, [NotNullWhen(true)] out UploadChecksum? checksum)
    {
        checksum = null;
        string[] parts = header.Split(' ');
        (HashAlgorithmName Name, int Bytes)? algorithm = parts[0] switch
        {
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            _ => null,
        };
        byte[] value = new byte[SHA256.HashSizeInBytes];
        if (algorithm is not { } known || parts.Length != 2 || !Convert.TryFromBase64String(parts[1], value, out int written) || written != known.Bytes)
        {
            return false;
        }

        checksum = new(known.Name, value[..written]);
        return true;
    }
}
