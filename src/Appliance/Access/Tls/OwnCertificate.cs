using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Appliance.Access.Tls;

/// <summary>A certificate that the box makes and signs itself (ECDSA P-256). Nobody has vouched for it: who connects compares its fingerprint with the one
/// on the console, once.</summary>
internal static class OwnCertificate
{
    /// <summary>How long one holds. Longer ones some clients refuse.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>How long before its end it is made anew, with the same key.</summary>
    public static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    /// <summary>Clocks of clients that are behind this one's.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromDays(1);

    /// <summary>Names and addresses; more are left out.</summary>
    private const int MostNames = 32;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes one.</summary>
    /// <param name="key">P-256.</param>
    /// <param name="now">What time it is.</param>
    /// <returns>With its key.</returns>
    public static X509Certificate2 Make(ECDsa key, DateTimeOffset now)
    {
        string host = Dns.GetHostName();
        var request = new CertificateRequest($"CN=Appliance {host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in new[] { host, $"{host}.local", "localhost" }.Where(IsName).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            names.AddDnsName(name);
        }

        foreach (IPAddress address in Addresses().Take(MostNames))
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Backdated, now + Life);
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');

    private static IEnumerable<IPAddress> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus is OperationalStatus.Up || network.NetworkInterfaceType is NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(address => new IPAddress(address.Address.GetAddressBytes()))
        .Where(address => !address.IsIPv6LinkLocal)
        .Concat([IPAddress.Loopback, IPAddress.IPv6Loopback])
        .Distinct();
}
