using Appliance.Startup;

namespace Appliance.Access.Tls;

/// <summary>What the box is served over TLS with: one of a closed set.</summary>
internal abstract record TlsChoice
{
    public const string SelfWord = "self";

    /// <summary>A certificate that the box makes itself.</summary>
    public sealed record Self : TlsChoice;

    /// <summary>The owner's.</summary>
    /// <param name="Certificate">A PEM file: the certificate, and those that lead from it to its issuer.</param>
    /// <param name="Key">A PEM file.</param>
    public sealed record Files(string Certificate, string Key) : TlsChoice;

    /// <returns>Null where nothing is said.</returns>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static TlsChoice? Parse(string? text) => text switch
    {
        null => null,
        SelfWord => new Self(),
        _ => text.Split(',') is [{ Length: > 0 } certificate, { Length: > 0 } key]
            ? new Files(Path.GetFullPath(certificate), Path.GetFullPath(key))
            : throw new UsageException($"--tls wants self, or the files of a certificate and its key as CERT,KEY, not {text}."),
    };
}
