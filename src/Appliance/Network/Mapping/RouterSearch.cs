using System.Net.Sockets;
using Appliance.Network.NatPmp;
using Appliance.Network.Pcp;
using Appliance.Network.Upnp;

namespace Appliance.Network.Mapping;

/// <summary>Asks a router in each language until it does what is asked.</summary>
internal static class RouterSearch
{
    /// <summary>PCP first, because it alone does IPv6 and IPv4 alike and says that the router started anew; then NAT-PMP, which is what it came from; then UPnP.</summary>
    /// <returns>What asked, to go on with, and what it got.</returns>
    /// <exception cref="RouterException">No language did it: the first refusal where there is one, because that is what the owner can do something about.</exception>
    public static async Task<(IPortMapper Mapper, PortMapping Mapping)> MapAsync(
        RouterPath path, byte[] nonce, MappingWish wish, TimeProvider time, CancellationToken cancellationToken)
    {
        RouterException? refusal = null;
        bool isV4 = path.Own.AddressFamily == AddressFamily.InterNetwork;
        IPortMapper[] languages = isV4
            ? [new PcpMapper(path, nonce, time), new NatPmpMapper(path, time), new UpnpMapper(path)]
            : [new PcpMapper(path, nonce, time), new PinholeMapper(path)];
        IPortMapper? kept = null;
        try
        {
            foreach (IPortMapper mapper in languages)
            {
                try
                {
                    PortMapping mapping = await mapper.MapAsync(wish, cancellationToken);
                    kept = mapper;
                    return (mapper, mapping);
                }
                catch (RouterException exception)
                {
                    refusal = exception.Failure is RouterFailure.Silent or RouterFailure.OtherVersion ? refusal : refusal ?? exception;
                }
            }
        }
        finally
        {
            foreach (IPortMapper other in languages.Where(other => other != kept))
            {
                other.Dispose();
            }
        }

        throw refusal ?? new RouterException(
            RouterFailure.Silent, $"The router {path.Router} opens no ports when asked: it answers to none of {string.Join(", ", languages.Select(language => language.Language))}.");
    }
}
