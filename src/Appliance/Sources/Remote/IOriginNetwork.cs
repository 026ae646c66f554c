using System.Net;
using System.Net.Sockets;

namespace Appliance.Sources.Remote;

/// <summary>What the box asks of the network: the address of a name, and a connection to an address. Tests stand in for the internet here, and for nothing above it.</summary>
internal interface IOriginNetwork
{
    /// <exception cref="SocketException">The name is not known.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <exception cref="SocketException">Nobody answers there.</exception>
    Task<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellationToken);
}
