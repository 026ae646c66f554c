using System.Net;
using System.Net.Sockets;
using Appliance.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Appliance.Network;

/// <summary>Where the box is to be found by others of the home.</summary>
/// <param name="Address">What it listens on.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="IsEncrypted">Whether it speaks TLS there.</param>
internal sealed record ListeningPlace(IPAddress Address, int Port, bool IsEncrypted)
{
    public bool LoopbackOnly => IPAddress.IsLoopback(Address);

    public string Scheme => IsEncrypted ? "https" : "http";

    /// <summary>Whether connections of this family come in: on <c>::</c>, those of IPv4 do too.</summary>
    public bool Takes(AddressFamily family) => Address.AddressFamily == family || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Once the server runs; of several, one with TLS.</summary>
    public static ListeningPlace Of(IServer server, ApplianceOptions options)
    {
        Uri[] addresses = [.. (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(address => new Uri(address.Replace("*", "localhost", StringComparison.Ordinal)))];
        Uri? address = Array.Find(addresses, uri => uri.Scheme == Uri.UriSchemeHttps) ?? addresses.FirstOrDefault();
        return new(options.ListenAddress, address?.Port ?? options.Port, address?.Scheme == Uri.UriSchemeHttps);
    }
}
